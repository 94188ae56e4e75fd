import { RecordError } from '../errors'
import type { Timestamp } from '../record'
import type { Clock } from '../time/clock'
import { Idleness } from '../time/idleness'
import { MinimumWatermark } from '../time/minimum-watermark'
import { type Header, headerOf } from './header'
import type { Timing } from './timing'

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
  /** Absent: not known yet. */
  let expected: readonly string[] | undefined
  /** Of the message that was read last. */
  let last: Header | undefined

  function expect(sources: readonly string[]): void {
    minimum.rewire(expected ?? [], sources, clock.now())
    expected = sources
  }

  return {
    kind: 'header',
    read(message, index) {
      const header = headerOf(message)
      if (header === undefined || header.clock === 'arrival') {
        throw new RecordError('stream', 'must be a header with event time, as the first record had', message.stream)
      }
      last = header
      const before = index ? header.watermarks?.[index - 1] : header.before
      minimum.observe(header.source, before ?? -Infinity, clock.now())
      return index === undefined ? header.time : (header.times?.[index] ?? header.time)
    },
    before: () => minimum.watermark,
    accept(index) {
      if (last === undefined) return minimum.watermark
      const now = clock.now()
      const after = index === undefined ? last.watermark : last.watermarks?.[index]
      const watermark = minimum.observe(last.source, after ?? -Infinity, now)
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
    raise(watermark) {
      minimum.raise(watermark)
      idleness.heard(clock.now(), minimum.watermark)
    },
    observe(from, watermark) {
      const now = clock.now()
      idleness.heard(now, minimum.observe(from, watermark, now))
    },
    expect,
    waitsFor: () => minimum.waitsFor(),
    snapshot: () => ({ sources: minimum.snapshot(), expected }),
    restore(saved) {
      const before = saved as { sources: unknown; expected?: readonly string[] }
      const found = expected
      minimum.restore(before.sources, clock.now())
      expected = before.expected
      // those of today, where they are known by now
      if (found) expect(found)
    }
  }
}
