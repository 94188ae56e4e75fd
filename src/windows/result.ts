import type { Key, Message, Timestamp } from '../record'
import { fieldsOf } from '../row'
import type { Accumulators, Carried } from './accumulators'
import type { Aggregation } from './aggregation'

/** A result that is not final: one before its window ended, or one that sets right what was sent. */
export type Kind = 'early' | 'correction'

/** Makes the message of a window [start, end). */
export type WindowMessage = (
  accumulators: Accumulators,
  key: Key,
  start: Timestamp,
  end: Timestamp,
  kind?: Kind,
  carried?: Carried
) => Message

/** `name` is the topic where records without a key share none; `rows`: the payload is the flat row. */
export function windowMessage(aggregation: Aggregation, name: string, isKeyed: boolean, rows: boolean): WindowMessage {
  return (accumulators, key, start, end, kind, carried) => {
    const result = aggregation.result(accumulators, start, end, carried)
    const window = kind === undefined ? { start, end } : { start, end, kind }
    const payload = rows ? { key, ...window, ...fieldsOf(result) } : result
    if (!isKeyed) return { payload, topic: aggregation.topic(accumulators) ?? name, window }
    return key === null ? { payload, window } : { payload, topic: key, window }
  }
}
