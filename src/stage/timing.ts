import type { Message, Timestamp } from '../record'

/** Where a node has its time from. For each message: `read`, then `before`, then, unless it was bad, `accept`. */
export interface Timing {
  readonly kind: 'declared' | 'header' | 'arrival'
  /** The event time of a message (of its element `index` in a batch). @throws RecordError */
  read(message: Message, index?: number): Timestamp
  /** The watermark in force when the message that was read last came. */
  before(): Timestamp
  /** Takes what was read last into account (element `index`, or all of the message); returns the watermark after it. */
  accept(index?: number): Timestamp
  /** The watermark without any message: what other sources or the clock say by now. */
  current(): Timestamp
  /** When, by the wall clock, `current` will have come to `due`; Infinity: not by the clock alone. */
  reaches(due: Timestamp): Timestamp
  /** Event time is at least at `watermark`. */
  raise(watermark: Timestamp): void
  /** As plain data, for a snapshot. */
  snapshot(): unknown
  restore(saved: unknown): void
}
