import type { Key, Message, Timestamp } from '../record'

/** `msg.stream`: how one stream node tells the next what it knows. Plain JSON; absent watermarks are -infinity. */
export interface Header {
  v: 1
  source: string
  clock?: 'arrival'
  time: Timestamp
  key: Key
  /** The watermark in force when the record came, and the one after it. */
  before?: Timestamp
  watermark?: Timestamp
  /** In a batch: the time and key of each element, and the watermark after it (`null`: none yet). */
  times?: Timestamp[]
  keys?: Key[]
  watermarks?: (Timestamp | null)[]
}

/** The header of a message; `undefined` where there is none, or one that is not ours. */
export function headerOf(message: Message): Header | undefined {
  const header = message.stream as Header | undefined
  return typeof header === 'object' &&
    header !== null &&
    header.v === 1 &&
    typeof header.source === 'string' &&
    Number.isFinite(header.time)
    ? header
    : undefined
}

/** May a header be put there? What somebody else keeps in `stream` is not ours to overwrite. */
export const isFree = (message: Message): boolean => message.stream === undefined || headerOf(message) !== undefined

/** Makes the header of a message in arrival time. */
export const arrivalHeader = (source: string, time: Timestamp, key: Key): Header => ({
  v: 1,
  source,
  clock: 'arrival',
  time,
  key
})

/** Makes the header of a message that declares event time. */
export function eventHeader(
  source: string,
  time: Timestamp,
  key: Key,
  before: Timestamp,
  watermark: Timestamp
): Header {
  if (before !== -Infinity) return { v: 1, source, time, key, before, watermark }
  return watermark === -Infinity ? { v: 1, source, time, key } : { v: 1, source, time, key, watermark }
}
