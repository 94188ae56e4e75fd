import { RecordError } from '../errors'
import type { Getter } from '../expression/property'
import type { Message, Timestamp } from '../record'
import type { Clock } from '../time/clock'
import { toTimestamp } from '../time/timestamp'
import { BoundedDisorder, MinimumWatermark } from '../time/watermark'
import { formatDuration } from '../time/duration'
import { headerOf } from './header'

/** Where a node has its time from. For each message: `read`, then `before`, then, unless it was bad, `accept`. */
export interface Timing {
  readonly isArrival: boolean
  /** How far the watermark stays behind the clock; 0 where the clock does not count. */
  readonly delay: number
  /** The event time of a message (of its element `index` in a batch). @throws RecordError */
  read(message: Message, index?: number): Timestamp
  /** The watermark in force when the message that was read last came. */
  before(): Timestamp
  /** Takes the message that was read last into account; returns the watermark after it. */
  accept(): Timestamp
  /** The watermark without any message: what other sources or the clock say by now. */
  current(): Timestamp
  /** A stream node upstream has come to `watermark`. */
  observe(source: string, watermark: Timestamp): void
  /** Event time is at least at `watermark`. */
  raise(watermark: Timestamp): void
}

/** The node declares the time itself: one watermark for all that reaches it. */
export function declaredTiming(
  get: Getter,
  property: string,
  options: { outOfOrderness: number; timezone: string; maxAhead?: number; clock?: Clock }
): Timing {
  const source = new BoundedDisorder(options.outOfOrderness)
  let last: Timestamp = -Infinity
  return {
    isArrival: false,
    delay: 0,
    read(message) {
      const time = toTimestamp(get(message), property, options.timezone)
      const { maxAhead, clock } = options
      if (maxAhead !== undefined && clock !== undefined && time - clock.now() > maxAhead) {
        throw new RecordError(
          property,
          `must not be more than ${formatDuration(maxAhead)} ahead of the clock (maxAhead)`,
          time
        )
      }
      return (last = time)
    },
    before: () => source.watermark,
    accept: () => source.observe(last),
    current: () => source.watermark,
    observe() {},
    raise(watermark) {
      if (watermark > source.watermark) source.watermark = watermark
    }
  }
}

/** Time and watermark come with the header; of several sources the smallest watermark counts. */
export function headerTiming(upstream: readonly string[]): Timing {
  const minimum = new MinimumWatermark()
  for (const source of upstream) minimum.expect(source)
  let source = ''
  let after: Timestamp = -Infinity
  return {
    isArrival: false,
    delay: 0,
    read(message, index) {
      const header = headerOf(message)
      if (header === undefined || header.clock === 'arrival') {
        throw new RecordError('stream', 'must be a header with event time, as the first record had', message.stream)
      }
      source = header.source
      after = header.watermark ?? -Infinity
      minimum.observe(source, header.before ?? -Infinity)
      return index === undefined ? header.time : (header.times?.[index] ?? header.time)
    },
    before: () => minimum.watermark,
    accept: () => minimum.observe(source, after),
    current: () => minimum.watermark,
    observe: (from, watermark) => void minimum.observe(from, watermark),
    raise: watermark => minimum.raise(watermark)
  }
}

/**
 * The clock of this computer, or the arrival time in the headers of a node that has one: windows close by the clock.
 * Nothing is ever late: a time behind the watermark is raised to just after it.
 */
export function arrivalTiming(clock: Clock, isFirst: boolean): Timing {
  /** Behind another node there may be records under way. */
  const delay = isFirst ? 1 : 1000
  let watermark: Timestamp = -Infinity
  const current = (): Timestamp => (watermark = Math.max(watermark, clock.now() - delay))
  return {
    isArrival: true,
    delay,
    read(message, index) {
      const header = headerOf(message)
      if (isFirst !== (header?.clock !== 'arrival')) {
        throw new RecordError(
          'stream',
          isFirst
            ? 'must be absent, as in the first record'
            : 'must be a header of arrival time, as the first record had',
          message.stream
        )
      }
      const time = isFirst ? clock.now() : (header?.times?.[index ?? -1] ?? header?.time ?? clock.now())
      return Math.max(time, watermark + 1)
    },
    before: () => watermark,
    accept: () => watermark,
    current,
    observe() {},
    raise() {}
  }
}
