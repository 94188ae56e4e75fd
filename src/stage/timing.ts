import { RecordError } from '../errors'
import type { Getter } from '../expression/property'
import { finite, type Message, type Timestamp } from '../record'
import type { Clock } from '../time/clock'
import { formatDuration } from '../time/duration'
import { SteadyClock } from '../time/steady-clock'
import { toTimestamp } from '../time/timestamp'
import { BoundedDisorder, Idleness, MinimumWatermark } from '../time/watermark'
import { headerOf } from './header'

/** Where a node has its time from. For each message: `read`, then `before`, then, unless it was bad, `accept`. */
export interface Timing {
  readonly kind: 'declared' | 'header' | 'arrival'
  /** The event time of a message (of its element `index` in a batch). @throws RecordError */
  read(message: Message, index?: number): Timestamp
  /** The watermark in force when the message that was read last came. */
  before(): Timestamp
  /** Takes the message that was read last into account; returns the watermark after it. */
  accept(): Timestamp
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
  /** The clock when the state was saved: one that is behind it is wrong, and nothing can be ahead of it. */
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
    raise: watermark => source.raise(watermark),
    snapshot: () => ({ savedAt: clock.now() }),
    restore(saved) {
      savedAt = (saved as { savedAt: Timestamp }).savedAt
    }
  }
}

/** A source that is silent for so long is left out of the minimum over several, where the settings do not say. */
const usualIdleTimeout = 60_000

/** Time and watermark come with the header; of several sources the smallest watermark counts. */
export interface HeaderTiming extends Timing {
  /** A stream node upstream has come to `watermark`. */
  observe(source: string, watermark: Timestamp): void
  /** The stream nodes that feed the node, as the wires show; those that did so before are forgotten. */
  expect(sources: readonly string[]): void
  /** The source that the watermark waits for, where there are several. */
  waitsFor(): string | undefined
}

export function headerTiming(clock: Clock, isLive: boolean, idleTimeout: number | undefined): HeaderTiming {
  const minimum = new MinimumWatermark(isLive ? (idleTimeout ?? usualIdleTimeout) : Infinity)
  const idleness = new Idleness(isLive ? idleTimeout : undefined)
  let expected: readonly string[] = []
  let source = ''
  let after: Timestamp = -Infinity
  return {
    kind: 'header',
    read(message, index) {
      const header = headerOf(message)
      if (header === undefined || header.clock === 'arrival') {
        throw new RecordError('stream', 'must be a header with event time, as the first record had', message.stream)
      }
      source = header.source
      after = header.watermark ?? -Infinity
      minimum.observe(source, header.before ?? -Infinity, clock.now())
      return index === undefined ? header.time : (header.times?.[index] ?? header.time)
    },
    before: () => minimum.watermark,
    accept() {
      const now = clock.now()
      const watermark = minimum.observe(source, after, now)
      idleness.heard(now, watermark)
      return watermark
    },
    current() {
      const now = clock.now()
      minimum.leaveOutIdle(now)
      if (minimum.size === 1) minimum.raise(idleness.watermark(now))
      return minimum.watermark
    },
    reaches: due => (minimum.size === 1 ? idleness.reaches(due) : minimum.idleAt()),
    raise: watermark => minimum.raise(watermark),
    observe(from, watermark) {
      const now = clock.now()
      idleness.heard(now, minimum.observe(from, watermark, now))
    },
    expect(sources) {
      for (const name of expected) if (!sources.includes(name)) minimum.forget(name)
      for (const name of sources) minimum.expect(name, clock.now())
      expected = sources
    },
    waitsFor: () => minimum.waitsFor(),
    snapshot: () => minimum.snapshot(),
    restore: saved => minimum.restore(saved, clock.now())
  }
}

/** Behind another node there may be records under way. */
const underWay = 1000

/**
 * The clock of this computer, or the arrival time in the headers of a node that has one: windows close by the clock.
 * Nothing is ever late: a time behind the watermark is raised to just after it.
 */
export function arrivalTiming(wallClock: Clock, isFirst: boolean, onClockBack: (by: number) => void): Timing {
  const clock = new SteadyClock(wallClock, onClockBack)
  const delay = isFirst ? 1 : underWay
  let watermark: Timestamp = -Infinity
  const advance = (now: Timestamp): Timestamp => (watermark = Math.max(watermark, now - delay))
  return {
    kind: 'arrival',
    read(message, index) {
      const header = headerOf(message)
      if (isFirst !== (header?.clock !== 'arrival')) {
        const expected = isFirst
          ? 'must be absent, as in the first record'
          : 'must be a header of arrival time, as the first record had'
        throw new RecordError('stream', expected, message.stream)
      }
      const now = clock.now()
      advance(now)
      const time = isFirst ? now : (header?.times?.[index ?? -1] ?? header?.time ?? now)
      return Math.max(time, watermark + 1)
    },
    before: () => watermark,
    accept: () => watermark,
    current: () => advance(clock.now()),
    reaches: due => clock.wallTimeOf(due + delay),
    raise() {},
    snapshot: () => ({ isFirst, watermark: finite(watermark), savedAt: wallClock.now() }),
    restore(saved) {
      const { watermark: known, savedAt } = saved as { watermark: Timestamp | null; savedAt: Timestamp }
      watermark = known ?? -Infinity
      clock.sawAtLeast(savedAt)
    }
  }
}
