import type { Key, Message, Timestamp } from '../record'
import { fieldsOf } from '../row'
import type { Accumulators } from './accumulators'
import type { Aggregation } from './aggregation'
import type { Carried } from './others'

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

interface Options {
  /** The topic where records without a key share none. */
  name: string
  isKeyed: boolean
  /** The payload is the flat row. */
  rows: boolean
}

export function windowMessage(aggregation: Aggregation, { name, isKeyed, rows }: Options): WindowMessage {
  return (accumulators, key, start, end, kind, carried) => {
    const result = aggregation.result(accumulators, start, end, carried)
    const window = kind === undefined ? { start, end } : { start, end, kind }
    const payload = rows ? { key, ...window, ...fieldsOf(result) } : result
    // the header has its place from the start: one that is added makes a second object of the message
    if (!isKeyed) return { payload, topic: aggregation.topic(accumulators) ?? name, window, stream: undefined }
    return key === null ? { payload, window, stream: undefined } : { payload, topic: key, window, stream: undefined }
  }
}
