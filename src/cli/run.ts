import { setImmediate as nextTurn } from 'node:timers/promises'
import { ConfigError } from '../errors'
import { type FlowGraph, labelOf } from '../flow/graph'
import { FlowRunner } from '../flow/runner'
import type { Message } from '../record'
import { assignments, refuseOverwriting } from './assignments'
import type { ByteSource } from './files/byte-source'
import { FileError } from './files/file-error'
import { readFlow } from './flow-file'
import { openReader, openSources } from './inputs'
import { onInterruption } from './interruption'
import { type Input, Merge } from './merge'
import { Outputs, type Put } from './outputs'
import { Problems } from './problems'
import { Progress } from './progress'
import type { RecordReader } from './record-reader'
import { rowsOf } from './rows'
import { wordsOf } from './warnings'
import { boundYoungGeneration } from './young-generation'

export interface RunOptions {
  in: string[]
  out: string[]
  messages?: boolean
  rows?: boolean
  mergeBy?: string
  skipBad?: boolean
}

/** Runs a flow over files. @throws ConfigError, FileError, ClosedPipe */
export async function run(flow: string, options: RunOptions): Promise<void> {
  const run = new Run(flow, options)
  const release = onInterruption(() => run.close())
  try {
    await run.toTheEnd()
  } finally {
    release()
    run.close()
  }
}

/** The inputs, the flow and the outputs of one run. */
class Run {
  private readonly sources: ByteSource[]
  private readonly inputs: Input[]
  private readonly outputs: Outputs
  private readonly runner: FlowRunner
  private readonly progress: Progress
  private readonly badLines: Problems
  private readonly badRecords: Problems
  /** What is read at the time, for problems to be told with their place. */
  private reading: RecordReader | undefined
  private rows = 0

  /** @throws ConfigError, FileError */
  constructor(
    flow: string,
    private readonly options: RunOptions
  ) {
    const graph = readFlow(flow)
    const from = assignments(graph, options.in, '--in')
    if (from.length === 0) throw new ConfigError('--in', 'must be given at least once', options.in)
    const to = assignments(graph, options.out, '--out')
    refuseOverwriting(
      [flow, ...from.map(({ file }) => file)],
      to.map(({ file }) => file)
    )
    this.badLines = new Problems(this.tell, count => `bad lines left out: ${count}`)
    this.badRecords = new Problems(this.tell, count => `bad records in all: ${count}`)
    this.outputs = new Outputs(to, putter(graph, options), this.onBadRecord)
    const starts = from.map(({ node }) => node)
    this.runner = new FlowRunner(graph, starts, {
      outs: this.outputs.takers,
      onBadRecord: (error, node) => this.onBadRecord(`${labelOf(node)}: ${error.message}`),
      onWarning: (warning, node) => this.tell(`${labelOf(node)}: ${wordsOf(warning)}`)
    })
    graph.refuseUnreached(starts, this.outputs.takers.keys(), '--out')
    this.sources = openSources(from)
    this.progress = new Progress(this.sources, { rowsOnStdout: to.some(({ file }) => file === '-') })
    this.outputs.open()
    const readOptions = { whole: options.messages ?? false, onBadLine: this.onBadLine }
    this.inputs = from.map(({ node, file }, i) => ({
      reader: openReader(file, this.sources[i], readOptions),
      send: this.runner.route(node, 0)
    }))
  }

  private readonly tell = (text: string): void => {
    this.progress.hide()
    console.error(text)
  }

  private readonly onBadLine = (place: string, problem: string): void => {
    if (this.options.skipBad !== true) throw new FileError(`${place}: ${problem}`)
    this.badLines.add(`${place}: ${problem}`)
  }

  private readonly onBadRecord = (problem: string): void => {
    const { reading } = this
    this.badRecords.add(reading === undefined ? problem : `${reading.file}:${reading.line}: ${problem}`)
  }

  /** Reads the inputs to their end, and has the flow emit what it holds then. */
  async toTheEnd(): Promise<void> {
    const { inputs, options } = this
    if (options.mergeBy === undefined) for (const input of inputs) await this.drain(input)
    else {
      const merge = new Merge(inputs, options.mergeBy, this.onBadLine)
      await this.drain({ reader: merge, send: merge.send })
    }
    await this.runner.end()
    this.outputs.check()
    this.progress.end(this.rows)
  }

  private async drain({ reader, send }: Input): Promise<void> {
    this.reading = reader
    do {
      for (let waiting; (waiting = this.pump(reader, send)) !== undefined;) await waiting
      this.progress.update(this.rows)
      boundYoungGeneration()
      if (reader.mayWait) this.outputs.flush()
      // an interruption is heard only here, where files are read at once
      await nextTurn()
    } while (await reader.load())
    this.reading = undefined
  }

  /** Sends what is loaded; stops where an expression has to be waited for. */
  private pump(reader: RecordReader, send: Input['send']): Promise<void> | undefined {
    const { runner, outputs } = this
    for (let message; (message = reader.read()) !== undefined;) {
      this.rows++
      send(message)
      if (outputs.failure !== undefined) outputs.check()
      const waiting = runner.idle()
      if (waiting !== undefined) return waiting
    }
    return undefined
  }

  /** Nothing more is read; what was emitted is written. @throws FileError */
  close(): void {
    this.progress.hide()
    for (const source of this.sources) source.close()
    this.badLines.end()
    this.badRecords.end()
    this.outputs.close()
  }
}

function putter(graph: FlowGraph, { messages, rows }: RunOptions): Put {
  if (rows === true) {
    const toRows = rowsOf(graph)
    return (writer, message) => toRows(message).forEach(row => writer.write(row))
  }
  if (messages === true) return (writer, message) => writer.write(message)
  return (writer, { payload }: Message) => writer.write(payload ?? null)
}
