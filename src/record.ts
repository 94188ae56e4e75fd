import { RecordError } from './errors'

/** Milliseconds since the epoch. The engine also uses -Infinity ("before everything") and Infinity ("the end"). */
export type Timestamp = number

/** Which stream a record belongs to, as text; `null` = the record has no key. */
export type Key = string | null

/** What the operators work on: in Node-RED a message, elsewhere anything that looks like one. */
export interface Message {
  payload?: unknown
  topic?: unknown
  [property: string]: unknown
}

/** One message with its event time and its key. */
export interface StreamRecord {
  value: Message
  time: Timestamp
  key: Key
}

/**
 * A key as text, so that 7 and '7' are one stream; `null` where there is none.
 * Objects are told apart by their JSON. @throws RecordError for one that has none
 */
export function toKey(value: unknown): Key {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? jsonOf(value) : String(value)
}

function jsonOf(value: object): Key {
  try {
    // `toJSON` may say that there is nothing
    const json: string | undefined = JSON.stringify(value)
    return json ?? null
  } catch {
    throw new RecordError('key', 'must be text or plain data', value)
  }
}

/** A time for JSON, which knows no infinity: `null` stands for "before everything", or for "never" of a time to come. */
export const finite = (time: Timestamp): Timestamp | null => (Number.isFinite(time) ? time : null)
