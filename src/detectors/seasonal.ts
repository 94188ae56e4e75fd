import type { Timestamp } from '../record'
import { type Detector, type DetectorOptions, judgeSigmas, leastKnown, unjudged } from './detector'
import { Profile, type ProfileSnapshot } from './profile'
import { SlidingMoments, type SlidingMomentsSnapshot } from './sliding-moments'

const day = 86_400_000
/** Parts of a cycle: quarter hours of a day. */
const slots = 96
/** Weight of the newest cycle. */
const weight = 0.1

/**
 * Distance from what is usual at this time of the cycle, in the deviations of the last `window` residuals. The cycle is
 * `period`, or else the day with an offset for each day of the week. Cycles of whole days follow the wall clock.
 */
export function seasonal(options: DetectorOptions): Detector {
  const { period = day, toLocal } = options
  const clock = period % day === 0 ? toLocal : (time: Timestamp): Timestamp => time
  const cycle = new Profile(period, slots, weight)
  const weekday = options.period === undefined ? new Profile(7 * day, 7, weight) : undefined
  const residuals = new SlidingMoments(options.window)
  const least = leastKnown(options)

  const offset = (time: Timestamp): number => {
    const known = weekday?.at(time) ?? NaN
    return known === known ? known : 0
  }
  /** NaN at a part of the cycle that was never seen. */
  const usual = (time: Timestamp): number => cycle.at(time) + offset(time)

  return {
    score(value, at) {
      const time = clock(at)
      const expected = usual(time) + residuals.mean
      if (residuals.count < least || expected !== expected) return unjudged
      return judgeSigmas(value, expected, residuals.deviation, options)
    },
    learn(value, at) {
      const time = clock(at)
      const ofDay = offset(time)
      const residual = value - usual(time)
      if (residual === residual) {
        residuals.push(residual)
        weekday?.add(residual + ofDay, time)
      }
      cycle.add(value - ofDay, time)
    },
    snapshot: () => ({
      cycle: cycle.snapshot(),
      weekday: weekday?.snapshot() ?? null,
      residuals: residuals.snapshot()
    }),
    restore(state) {
      const saved = state as Saved
      cycle.restore(saved.cycle)
      if (saved.weekday) weekday?.restore(saved.weekday)
      residuals.restore(saved.residuals)
    }
  }
}

interface Saved {
  cycle: ProfileSnapshot
  weekday: ProfileSnapshot | null
  residuals: SlidingMomentsSnapshot
}
