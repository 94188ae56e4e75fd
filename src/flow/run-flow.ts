import { toError } from '../errors'
import type { Message } from '../record'
import { FlowGraph, type FlowNode, labelOf } from './graph'
import { FlowRunner } from './runner'

/** What `runFlow` is given beside the flow. */
export interface RunFlowOptions {
  /**
   * Name (else id) of a node -> the messages that leave its first output, one input after the other. They are handed
   * over: map, filter, stats and anomaly enrich them in place.
   */
  inputs: Readonly<Record<string, Iterable<Message> | AsyncIterable<Message>>>
  /**
   * Name (else id) of a node -> takes each message that arrives there, in order. Nothing is kept of these messages, and
   * they are in no result: for runs whose results are many. What it throws rejects the run.
   */
  outputs?: Readonly<Record<string, (message: Message) => void>>
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
  const starts = Object.keys(inputs).map(name => graph.find(name))
  const results = new Map<string, Message[]>()
  const outs = new Map<FlowNode, (message: Message) => void>()
  let failure: Error | undefined
  for (const [name, take] of Object.entries(outputs)) {
    // a stage would take what is thrown for the fault of its record
    outs.set(graph.find(name), message => {
      try {
        take(message)
      } catch (error) {
        failure ??= toError(error)
      }
    })
  }
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
      else failure ??= error
    }
  })
  for (const [i, messages] of Object.values(inputs).entries()) {
    const send = runner.route(starts[i], 0)
    const take = (message: Message): Promise<void> | undefined => {
      send(message)
      if (failure) throw failure
      return runner.idle()
    }
    if (Array.isArray(messages)) await pour(messages, take)
    else if (Symbol.asyncIterator in messages) for await (const message of messages) await take(message)
    else
      for (const message of messages) {
        const waiting = take(message)
        if (waiting) await waiting
      }
  }
  await runner.end()
  if (failure) throw failure
  return Object.fromEntries(results)
}

/** Hands the messages over one after the other, each when the one before has been handled. */
async function pour(
  messages: readonly Message[],
  take: (message: Message) => Promise<void> | undefined
): Promise<void> {
  for (let next = 0; next < messages.length;) {
    let waiting: Promise<void> | undefined
    while (waiting === undefined && next < messages.length) waiting = take(messages[next++])
    await waiting
  }
}
