import { RecordError } from '../errors'
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
  /** In a batch where not all results are final: the `kind` of the window of each (`null`: final). */
  kinds?: (string | null)[]
}

/** Some centuries beyond all dates, for the ends of long windows; where numbers still are exact to the ms. */
const latest = 9e15

const isTime = (value: unknown): value is Timestamp => typeof value === 'number' && value <= latest && value >= -latest

const isTimeIfAny = (value: unknown): boolean => value === undefined || value === null || isTime(value)

const isListIfAny = (value: unknown): boolean => value === undefined || Array.isArray(value)

/** The header of a message; `undefined` where there is none, or one that is not ours or was damaged on its way. */
export function headerOf(message: Message): Header | undefined {
  const header = message.stream as Header | undefined
  return typeof header === 'object' &&
    header !== null &&
    header.v === 1 &&
    typeof header.source === 'string' &&
    isTime(header.time) &&
    isTimeIfAny(header.before) &&
    isTimeIfAny(header.watermark) &&
    isListIfAny(header.times) &&
    isListIfAny(header.watermarks) &&
    isListIfAny(header.kinds)
    ? header
    : undefined
}

/**
 * The entry for element `index` of one of a header's lists; `undefined` where there is none.
 * @throws RecordError where it is no time
 */
export function timeAt(list: Header['watermarks'], index: number): Timestamp | undefined {
  const time = list?.[index] ?? undefined
  if (!isTimeIfAny(time)) throw new RecordError('stream', 'must have times only in its lists', time)
  return time
}

/** The kind of a result that is not final, which its window tells. */
export const kindOf = ({ window }: Message): string | undefined => (window as { kind?: string } | undefined)?.kind

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
