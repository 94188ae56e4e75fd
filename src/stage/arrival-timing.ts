import { RecordError } from '../errors'
import { finite, type Timestamp } from '../record'
import type { Clock } from '../time/clock'
import { SteadyClock } from '../time/steady-clock'
import { headerOf } from './header'
import type { Timing } from './timing'

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
  const advance = (now: Timestamp): Timestamp => {
    if (now - delay > watermark) watermark = now - delay
    return watermark
  }
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
