import { type Message, type Timestamp, toKey } from '../record'
import { toTimestamp } from '../time/timestamp'

/** What a message tells a node that is no record. */
export type Control =
  /** All there is of a key is to be forgotten; without one: everything. */
  | { kind: 'reset'; key: string | undefined }
  /** The stream has ended. */
  | { kind: 'flush' }
  /** No record up to this time is to be expected any more. */
  | { kind: 'watermark'; watermark: Timestamp }

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== false

/** A message that tells the node something and is no record: `reset`, `flush` or `watermark` is there and not false. */
export const isControl = (message: Message): boolean =>
  isSet(message.reset) || isSet(message.flush) || isSet(message.watermark)

interface Options {
  /** A topic names a key, as `key` does. */
  isKeyedByTopic: boolean
  /** Of a watermark in text that names none. */
  timezone: string | undefined
}

/** What a message says for which `isControl` holds. @throws RecordError for a key or a watermark that is none */
export function controlOf(message: Message, { isKeyedByTopic, timezone }: Options): Control {
  const { reset, flush, key, topic, watermark } = message
  if (isSet(reset)) {
    const byTopic = isKeyedByTopic && typeof topic === 'string' && topic !== '' ? topic : undefined
    return { kind: 'reset', key: toKey(key) ?? byTopic }
  }
  if (isSet(flush)) return { kind: 'flush' }
  return { kind: 'watermark', watermark: toTimestamp(watermark, 'watermark', timezone) }
}
