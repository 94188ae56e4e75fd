import { ConfigError } from '../errors'
import type { Message } from '../record'
import { hasFields } from '../row'
import { FlowGraph, type FlowNode, labelOf } from './graph'
import { FlowRunner } from './runner'
import { Takers } from './takers'

type Messages = Iterable<Message> | AsyncIterable<Message>

/** What `runFlow` is given beside the flow. */
export interface RunFlowOptions {
  /**
   * Name (else id) of a node -> the messages that leave its first output, one input after the other. They are handed
   * over: map, filter, stats and anomaly enrich them in place.
   */
  inputs: Readonly<Record<string, Messages>>
  /**
   * Name (else id) of a node -> takes each message that arrives there, in order. Nothing is kept of these messages, and
   * they are in no result: for runs whose results are many. Where it returns a promise, the input waits for it. What it
   * throws or rejects with rejects the run, and it is not called again.
   */
  outputs?: Readonly<Record<string, (message: Message) => unknown>>
  /** Told of each record that was refused; without it the first one rejects the run. */
  onBadRecord?(error: Error, node: { id: string; name: string }): void
}

/**
 * Runs the stream nodes of an exported flow over messages; the end of all inputs flushes.
 * Resolves to name -> messages, for each node without wires that was reached; its id where it has no name of its own.
 * @throws ConfigError for a flow that cannot be run
 */
export async function runFlow(
  flow: unknown,
  { inputs, outputs = {}, onBadRecord }: RunFlowOptions
): Promise<Record<string, Message[]>> {
  const graph = new FlowGraph(flow)
  const starts = Object.keys(inputs).map(name => graph.find(name, 'inputs'))
  const results = new Map<string, Message[]>()
  const outs = new Map<FlowNode, (message: Message) => void>()
  const takers = new Takers()
  for (const [name, take] of Object.entries(outputs)) outs.set(graph.find(name, 'outputs'), takers.taker(take))
  const named = [...outs.keys()]
  for (const node of graph.nodes.values()) {
    const isEnd = node.wires !== undefined && graph.allTargets(node).length === 0
    if (outs.has(node) || !isEnd || node.type.startsWith('stream-')) continue
    const messages: Message[] = []
    results.set(results.has(labelOf(node)) ? node.id : labelOf(node), messages)
    outs.set(node, message => messages.push(message))
  }
  const runner = new FlowRunner(graph, starts, {
    outs,
    onBadRecord(error, node) {
      if (onBadRecord) onBadRecord(error, { id: node.id, name: labelOf(node) })
      else takers.fail(error)
    }
  })
  graph.refuseUnreached(starts, named, 'outputs')
  const check = (): void => {
    if (takers.failure) throw takers.failure
  }
  for (const [i, [name, messages]] of Object.entries(inputs).entries()) {
    const send = runner.route(starts[i], 0)
    await pour(messagesOf(messages, name), message => {
      if (!hasFields(message)) throw new ConfigError(`inputs.${name}`, 'must give messages, which are objects', message)
      send(message)
      check()
      return runner.idle() ?? takers.taken()
    })
  }
  await runner.end()
  await takers.taken()
  check()
  return Object.fromEntries(results)
}

/** @throws ConfigError where they are none */
function messagesOf(messages: unknown, name: string): Messages {
  const isIterable =
    typeof messages === 'object' &&
    messages !== null &&
    (Symbol.iterator in messages || Symbol.asyncIterator in messages)
  if (!isIterable) throw new ConfigError(`inputs.${name}`, 'must be an iterable of messages', messages)
  return messages as Messages
}

/** Hands the messages over one after the other, each when the one before has been handled. */
async function pour(messages: Messages, take: (message: Message) => Promise<unknown> | undefined): Promise<void> {
  if (Array.isArray(messages)) {
    // by index, and waiting only where there is something to wait for: an iterator costs as much as some operators
    for (let next = 0; next < messages.length;) {
      let waiting: Promise<unknown> | undefined
      while (waiting === undefined && next < messages.length) waiting = take((messages as Message[])[next++])
      await waiting
    }
  } else if (Symbol.asyncIterator in messages) for await (const message of messages) await take(message)
  else
    for (const message of messages) {
      const waiting = take(message)
      if (waiting) await waiting
    }
}
