import { RecordError } from '../errors'
import type { Getter } from '../expression/property'
import type { Timestamp } from '../record'
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

export function declaredTiming(get: Getter, options: DeclaredOptions): Timing {
  const { property, timezone, maxAhead, clock } = options
  const source = new BoundedDisorder(options.outOfOrderness)
  const idleness = new Idleness(options.idleTimeout)
  let last: Timestamp = -Infinity
  /** The latest clock at which the state was saved: one that is behind it is wrong, and nothing can be ahead of it. */
  let savedAt: Timestamp = -Infinity

  function refuseFuture(time: Timestamp, limit: number): void {
    const now = clock.now()
    if (time - now <= limit || now < savedAt) return
    options.onAhead()
    throw new RecordError(
      property,
      `must not be more than ${formatDuration(limit)} ahead of the clock (maxAhead)`,
      time
    )
  }

  /** Event time has come to `watermark` by what was told, not by the clock: silence counts from here on. */
  function raise(watermark: Timestamp): void {
    source.raise(watermark)
    idleness.heard(clock.now(), source.watermark)
  }

  return {
    kind: 'declared',
    read(message) {
      const time = toTimestamp(get(message), property, timezone)
      if (maxAhead !== undefined) refuseFuture(time, maxAhead)
      return (last = time)
    },
    before: () => source.watermark,
    accept() {
      const watermark = source.observe(last)
      if (options.idleTimeout !== undefined) idleness.heard(clock.now(), watermark)
      return watermark
    },
    current() {
      source.raise(idleness.watermark(clock.now()))
      return source.watermark
    },
    reaches: due => idleness.reaches(due),
    raise,
    snapshot: () => ({ savedAt: (savedAt = Math.max(savedAt, clock.now())) }),
    restore(saved) {
      savedAt = (saved as { savedAt: Timestamp }).savedAt
    }
  }
}
