import type { Key, Message, Timestamp } from '../record'
import type { Accumulators, Aggregation } from './aggregation'

/** What a window holds: its accumulators and, where there is no key, the topic that all its records share. */
export interface Pane {
  start: Timestamp
  accumulators: Accumulators
  /** `undefined`: no record yet; `null`: more than one topic. */
  topic?: string | null
}

/** An object is spread into the row, anything else becomes its `value`. */
export function spread(payload: unknown): Record<string, unknown> {
  return typeof payload === 'object' && payload !== null && !Array.isArray(payload)
    ? (payload as Record<string, unknown>)
    : { value: payload }
}

/** Notes the topic of one more record. */
export function seeTopic(pane: Pane, topic: unknown): void {
  if (pane.topic === undefined) pane.topic = typeof topic === 'string' ? topic : null
  else if (pane.topic !== topic) pane.topic = null
}

/** Makes the message of a result; `name` is the topic where records without a key share none. */
export function windowMessage(
  aggregation: Aggregation,
  name: string,
  isKeyed: boolean,
  rows: boolean
): (pane: Pane, key: Key, end: Timestamp) => Message {
  return ({ start, accumulators, topic }, key, end) => {
    const result = aggregation.result(accumulators)
    const window = { start, end }
    const payload = rows ? { key, start, end, ...spread(result) } : result
    if (isKeyed) return key === null ? { payload, window } : { payload, topic: key, window }
    return { payload, topic: topic ?? name, window }
  }
}
