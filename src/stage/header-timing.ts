import { RecordError } from '../errors'
import type { Message, Timestamp } from '../record'
import type { Clock } from '../time/clock'
import { Idleness } from '../time/idleness'
import { MinimumWatermark } from '../time/minimum-watermark'
import { type Header, headerOf, timeAt } from './header'
import type { Timing } from './timing'

/** A source that is silent for so long is left out of the minimum over several, where the settings do not say. */
const usualIdleTimeout = 60_000

/** Time and watermark come with the header; of several sources the smallest watermark counts. */
export class HeaderTiming implements Timing {
  readonly kind = 'header'
  time: Timestamp = -Infinity
  private readonly minimum: MinimumWatermark
  private readonly idleness: Idleness
  /** Absent: not known yet. */
  private expected: readonly string[] | undefined
  /** Of the message that was read last. */
  private last: Header | undefined
  /** The watermark after the element that was read last. */
  private after: Timestamp | undefined

  constructor(
    private readonly clock: Clock,
    isLive: boolean,
    idleTimeout: number | undefined
  ) {
    this.minimum = new MinimumWatermark(isLive ? (idleTimeout ?? usualIdleTimeout) : Infinity)
    this.idleness = new Idleness(isLive ? idleTimeout : undefined)
  }

  get watermark(): Timestamp {
    return this.minimum.watermark
  }

  read(message: Message, index?: number): void {
    const header = headerOf(message)
    if (header === undefined || header.clock === 'arrival') {
      throw new RecordError('stream', 'must be a header with event time, as the first record had', message.stream)
    }
    const before = index ? timeAt(header.watermarks, index - 1) : header.before
    this.time = index === undefined ? header.time : (timeAt(header.times, index) ?? header.time)
    this.after = index === undefined ? header.watermark : timeAt(header.watermarks, index)
    this.last = header
    this.minimum.observe(header.source, before ?? -Infinity, this.clock.now())
  }

  accept(index?: number): void {
    const { last } = this
    if (last === undefined) return
    this.observe(last.source, (index === undefined ? last.watermark : this.after) ?? -Infinity)
  }

  catchUp(): void {
    const { minimum } = this
    const now = this.clock.now()
    minimum.leaveOutIdle(now)
    if (minimum.size === 1) minimum.raise(this.idleness.watermark(now))
  }

  reaches(due: Timestamp): Timestamp {
    return this.minimum.size === 1 ? this.idleness.reaches(due) : this.minimum.idleAt()
  }

  raise(watermark: Timestamp): void {
    this.minimum.raise(watermark)
    this.idleness.heard(this.clock.now(), this.watermark)
  }

  /** A stream node upstream has come to `watermark`. */
  observe(source: string, watermark: Timestamp): void {
    const now = this.clock.now()
    this.minimum.observe(source, watermark, now)
    this.idleness.heard(now, this.watermark)
  }

  /** The stream nodes that feed the node, as the wires show; those that did so before are forgotten. */
  expect(sources: readonly string[]): void {
    this.minimum.rewire(this.expected ?? [], sources, this.clock.now())
    this.expected = sources
  }

  /** The source that the watermark waits for, where there are several. */
  waitsFor(): string | undefined {
    return this.minimum.waitsFor()
  }

  snapshot(): unknown {
    return { sources: this.minimum.snapshot(), expected: this.expected }
  }

  restore(saved: unknown): void {
    const { sources, expected } = saved as { sources: unknown; expected?: readonly string[] }
    const found = this.expected
    this.minimum.restore(sources, this.clock.now())
    this.expected = expected
    // those of today, where they are known by now
    if (found) this.expect(found)
  }
}
