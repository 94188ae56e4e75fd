import type { Message, Timestamp } from '../record'

/**
 * Where a node has its time from. For each message: `read`, then, unless it was bad, `accept`. Their results are read from
 * properties, because V8 makes an object of each number that a function returns, once for each record.
 */
export interface Timing {
  readonly kind: 'declared' | 'header' | 'arrival'
  /** The event time of the message, or element, that was read last. */
  readonly time: Timestamp
  /** The watermark in force. */
  readonly watermark: Timestamp
  /** Reads the event time of a message (of its element `index` in a batch). @throws RecordError */
  read(message: Message, index?: number): void
  /** Takes what was read last into account (element `index`, or all of the message): the watermark may advance. */
  accept(index?: number): void
  /** Time went on without a message: the watermark advances to where other sources or the clock have come. */
  catchUp(): void
  /** When, by the wall clock, `catchUp` will bring the watermark to `due`; Infinity: not by the clock alone. */
  reaches(due: Timestamp): Timestamp
  /** Event time is at least at `watermark`. */
  raise(watermark: Timestamp): void
  /** As plain data, for a snapshot. */
  snapshot(): unknown
  restore(saved: unknown): void
}
