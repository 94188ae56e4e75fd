import { readFileSync } from 'node:fs'
import jsonata from 'jsonata'
import { ConfigError } from '../errors'
import { FlowGraph, type FlowNode, labelOf } from '../flow/graph'
import { FlowRunner } from '../flow/runner'
import type { Message } from '../record'
import { FileError, readMessages } from './read'
import { LineWriter } from './write'

export interface RunOptions {
  in: string[]
  out: string[]
  messages?: boolean
  skipBad?: boolean
}

const shownErrors = 10

/** `name=file` as its two parts. @throws ConfigError */
function assignment(text: string, option: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1 || at === text.length - 1) throw new ConfigError(option, 'must be name=file', text)
  return [text.slice(0, at), text.slice(at + 1)]
}

function readFlow(file: string): FlowGraph {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new FileError(`${file}: ${(error as Error).message}`)
  }
  try {
    return new FlowGraph(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new ConfigError(file, 'must be a JSON file', error.message)
    throw error
  }
}

/** Runs a flow over files. Resolves to the exit code: 0, 1 for data that cannot be read, 2 for a flow that cannot be run. */
export async function run(file: string, options: RunOptions): Promise<number> {
  let bad = 0
  const onBadRecord = (error: Error, node: FlowNode): void => {
    if (++bad <= shownErrors) console.error(`${labelOf(node)}: ${error.message}`)
  }
  try {
    const graph = readFlow(file)
    const inputs = options.in.map(text => assignment(text, '--in'))
    const starts = inputs.map(([name]) => graph.find(name))
    const outs = new Map<FlowNode, (message: Message) => void>()
    const outputs = options.out
      .map(text => assignment(text, '--out'))
      .map(([name, file]) => ({ node: graph.find(name), file }))
    const writers = outputs.map(({ node, file }) => {
      const writer = new LineWriter(file)
      outs.set(node, options.messages ? message => writer.line(message) : ({ payload }) => writer.line(payload ?? null))
      return writer
    })
    const runner = new FlowRunner(graph, starts, { prepareJsonata: text => jsonata(text), outs, onBadRecord })
    for (const [i, [, file]] of inputs.entries()) {
      const send = runner.route(starts[i], 0)
      for await (const messages of readMessages(file, {
        whole: options.messages ?? false,
        skipBad: options.skipBad ?? false
      })) {
        for (const message of messages) {
          send(message)
          const waiting = runner.idle()
          if (waiting) await waiting
        }
        for (const writer of writers) await writer.drain()
      }
    }
    await runner.end()
    for (const writer of writers) await writer.close()
    if (bad > shownErrors) console.error(`${bad} bad records in all`)
    return 0
  } catch (error) {
    if (error instanceof ConfigError || error instanceof FileError) {
      console.error(error.message)
      return error instanceof ConfigError ? 2 : 1
    }
    throw error
  }
}
