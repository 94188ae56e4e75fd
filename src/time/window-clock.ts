import type { Timestamp } from '../record'
import { fromLocal, offsetsOf, quarter, toLocal } from './zone'

/**
 * The clock that windows follow: UTC, or the wall clock of a zone written as if it were UTC. Then a day has 23 or 25
 * hours where the clock is put forward or back, and of an hour that comes twice both are one.
 */
export interface WindowClock {
  /** What the clock shows at `time`. */
  show(time: Timestamp): Timestamp
  /** The (first) time at which the clock shows `shown`. */
  timeOf(shown: Timestamp): Timestamp
  /** The watermark at which a window that ends when the clock shows `end` is complete: end - 1, of two the later. */
  completeAt(end: Timestamp): Timestamp
  /** How far the clock is ever put back. */
  putBack: number
}

const utc: WindowClock = { show: time => time, timeOf: shown => shown, completeAt: end => end - 1, putBack: 0 }

const hour = 4 * quarter

/** Remembers what a function of times gave: asking a zone is slow, and few windows are open at a time. */
function remembered(of: (time: Timestamp) => Timestamp): (time: Timestamp) => Timestamp {
  const known = new Map<Timestamp, Timestamp>()
  return time => {
    const found = known.get(time)
    if (found !== undefined) return found
    if (known.size >= 1000) known.clear()
    const result = of(time)
    known.set(time, result)
    return result
  }
}

/** The clock of an IANA zone. */
export function windowClock(timezone: string): WindowClock {
  if (timezone === 'UTC') return utc
  const offsetAt = offsetsOf(timezone)
  return {
    show: time => time + offsetAt(time),
    timeOf: remembered(shown => fromLocal(shown, timezone)),
    completeAt: remembered(end => {
      const last = fromLocal(end - 1, timezone, 'last')
      if (toLocal(last, timezone) === end - 1) return last
      // skipped: the moment at which the clock is put forward, as Flink has it
      let change = Math.floor(last / quarter) * quarter
      while (toLocal(change - 1, timezone) >= end) change -= quarter
      return change
    }),
    putBack: 3 * hour
  }
}
