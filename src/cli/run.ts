import { ConfigError } from '../errors'
import { type FlowGraph, labelOf } from '../flow/graph'
import { FlowRunner } from '../flow/runner'
import type { Message } from '../record'
import { assignments, refuseOverwriting } from './assignments'
import type { ByteSource } from './files/byte-source'
import { FileError } from './files/file-error'
import { readFlow } from './flow-file'
import { openReader, openSources } from './inputs'
import { type Input, Merge } from './merge'
import { Outputs, type Put } from './outputs'
import { Problems } from './problems'
import { Progress } from './progress'
import type { RecordReader } from './record-reader'
import { rowsOf } from './rows'
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
  const graph = readFlow(flow)
  const from = assignments(graph, options.in, '--in')
  if (from.length === 0) throw new ConfigError('--in', 'must be given at least once', options.in)
  const to = assignments(graph, options.out, '--out')
  refuseOverwriting(
    [flow, ...from.map(({ file }) => file)],
    to.map(({ file }) => file)
  )

  const sources: ByteSource[] = []
  const progress = new Progress(sources, { rowsOnStdout: to.some(({ file }) => file === '-') })
  const tell = (text: string): void => {
    progress.hide()
    console.error(text)
  }
  const badLines = new Problems(tell, count => `bad lines left out: ${count}`)
  const badRecords = new Problems(tell, count => `bad records in all: ${count}`)
  const onBadLine = (place: string, problem: string): void => {
    if (options.skipBad !== true) throw new FileError(`${place}: ${problem}`)
    badLines.add(`${place}: ${problem}`)
  }
  let reading: RecordReader | undefined
  const onBadRecord = (problem: string): void =>
    badRecords.add(reading === undefined ? problem : `${reading.file}:${reading.line}: ${problem}`)

  const outputs = new Outputs(to, putter(graph, options), onBadRecord)
  const starts = from.map(({ node }) => node)
  const runner = new FlowRunner(graph, starts, {
    outs: outputs.takers,
    onBadRecord: (error, node) => onBadRecord(`${labelOf(node)}: ${error.message}`)
  })
  graph.refuseUnreached(starts, outputs.takers.keys(), '--out')
  sources.push(...openSources(from))
  outputs.open()
  let rows = 0

  /** Sends what is loaded; stops where an expression has to be waited for. */
  const pump = (reader: RecordReader, send: Input['send']): Promise<void> | undefined => {
    for (let message; (message = reader.read()) !== undefined;) {
      rows++
      send(message)
      if (outputs.failure !== undefined) outputs.check()
      const waiting = runner.idle()
      if (waiting !== undefined) return waiting
    }
    return undefined
  }
  const drain = async ({ reader, send }: Input): Promise<void> => {
    reading = reader
    do {
      for (let waiting; (waiting = pump(reader, send)) !== undefined;) await waiting
      progress.update(rows)
      boundYoungGeneration()
      if (reader.mayWait) outputs.flush()
    } while (await reader.load())
    reading = undefined
  }

  try {
    const readOptions = { whole: options.messages ?? false, onBadLine }
    const inputs: Input[] = []
    for (const [i, { node, file }] of from.entries())
      inputs.push({ reader: openReader(file, sources[i], readOptions), send: runner.route(node, 0) })
    if (options.mergeBy === undefined) for (const input of inputs) await drain(input)
    else {
      const merge = new Merge(inputs, options.mergeBy, onBadLine)
      await drain({ reader: merge, send: merge.send })
    }
    await runner.end()
    outputs.check()
    progress.end(rows)
  } finally {
    progress.hide()
    for (const source of sources) source.close()
    badLines.end()
    badRecords.end()
    outputs.close()
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
