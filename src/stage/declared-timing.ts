import { RecordError } from '../errors'
import type { Getter } from '../expression/property'
import type { Message, Timestamp } from '../record'
import type { Clock } from '../time/clock'
import { formatDuration } from '../time/duration'
import { toTimestamp } from '../time/timestamp'
import { BoundedDisorder } from '../time/bounded-disorder'
import { Idleness } from '../time/idleness'
import type { Timing } from './timing'

/** The node declares the time itself: one watermark for all that reaches it. */
export interface DeclaredOptions {
  /** The setting or property that is named in errors. */
  property: string
  outOfOrderness: number
  timezone: string
  idleTimeout?: number
  /** A record further ahead of the clock than this, in ms, is bad. */
  maxAhead?: number
  clock: Clock
  /** Told of such a record. */
  onAhead(): void
}

/** Time is read from the messages; the watermark follows the largest. */
export class DeclaredTiming implements Timing {
  readonly kind = 'declared'
  time: Timestamp = -Infinity
  private readonly source: BoundedDisorder
  private readonly idleness: Idleness
  /** The latest clock at which the state was saved: one that is behind it is wrong, and nothing can be ahead of it. */
  private savedAt: Timestamp = -Infinity

  constructor(
    private readonly get: Getter,
    private readonly options: DeclaredOptions
  ) {
    this.source = new BoundedDisorder(options.outOfOrderness)
    this.idleness = new Idleness(options.idleTimeout)
  }

  get watermark(): Timestamp {
    return this.source.watermark
  }

  read(message: Message): void {
    const { property, timezone, maxAhead } = this.options
    this.time = toTimestamp(this.get(message), property, timezone)
    if (maxAhead !== undefined) this.refuseFuture(maxAhead)
  }

  private refuseFuture(limit: number): void {
    const { time, savedAt, options } = this
    const now = options.clock.now()
    if (time - now <= limit || now < savedAt) return
    options.onAhead()
    const problem = `must not be more than ${formatDuration(limit)} ahead of the clock (maxAhead)`
    throw new RecordError(options.property, problem, time)
  }

  accept(): void {
    const { source, idleness, options } = this
    source.observe(this.time)
    if (options.idleTimeout !== undefined) idleness.heard(options.clock.now(), source.watermark)
  }

  catchUp(): void {
    this.source.raise(this.idleness.watermark(this.options.clock.now()))
  }

  reaches(due: Timestamp): Timestamp {
    return this.idleness.reaches(due)
  }

  /** Event time has come to `watermark` by what was told, not by the clock: silence counts from here on. */
  raise(watermark: Timestamp): void {
    this.source.raise(watermark)
    this.idleness.heard(this.options.clock.now(), this.watermark)
  }

  snapshot(): unknown {
    this.savedAt = Math.max(this.savedAt, this.options.clock.now())
    return { savedAt: this.savedAt }
  }

  restore(saved: unknown): void {
    this.savedAt = (saved as { savedAt: Timestamp }).savedAt
  }
}
