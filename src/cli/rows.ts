import { type FlowGraph, slugOf } from '../flow/graph'
import { specs } from '../operators'
import type { Message } from '../record'
import { headerOf } from '../stage/header'

/**
 * Gives messages as flat rows, as the node that made them gives them in a batch: windows as `{key, start, end, …}`.
 * A message of a batch has its rows already; one that no stream node made is its payload.
 */
export function rowsOf(graph: FlowGraph): (message: Message) => readonly unknown[] {
  return message => {
    const { payload } = message
    // a control message that passes by
    if (payload === undefined) return []
    const header = headerOf(message)
    const maker = header && graph.nodes.get(header.source)
    if (header === undefined || maker === undefined) return [payload]
    if (header.times !== undefined && Array.isArray(payload)) return payload as unknown[]
    return [specs[slugOf(maker.type)].toRow(message, header.key)]
  }
}
