import { type Detector, type DetectorOptions, inUnitsOf, judge, leastKnown, unjudged } from './detector'
import { SlidingMoments, type SlidingMomentsSnapshot } from './sliding-moments'

/** Sigmas of deviation that are left out of the sum: half of the smallest shift that matters. */
const slack = 0.5

/**
 * CUSUM (Page 1954): the deviations from the mean of the last `window` values, less a slack, are summed up to each side
 * and never fall below 0. Once a sum passes the threshold the level has changed, and the new one is learnt afresh: with
 * the record that makes the alarm, so that what `hold` waits for can come.
 */
export function change(options: DetectorOptions): Detector {
  const past = new SlidingMoments(options.window)
  const least = leastKnown(options)
  const { threshold, direction, hold } = options
  let up = 0
  let down = 0
  let nextUp = 0
  let nextDown = 0
  let hasChanged = false
  /** Records in a row that said so. */
  let changed = 0

  const restart = (): void => {
    past.clear()
    up = down = changed = 0
  }
  return {
    score(value) {
      if (past.count < least) {
        nextUp = nextDown = 0
        hasChanged = false
        return unjudged
      }
      const { mean, deviation: sigma } = past
      const step = inUnitsOf(sigma, value - mean)
      nextUp = Math.min(Number.MAX_VALUE, Math.max(0, up + step - slack))
      nextDown = Math.min(Number.MAX_VALUE, Math.max(0, down - step - slack))
      const sum = direction === 'low' || (direction === 'both' && nextDown > nextUp) ? -nextDown : nextUp
      const lower = mean - (threshold + slack - down) * sigma
      const upper = mean + (threshold + slack - up) * sigma
      const judgement = judge(sum, options, mean, lower, upper)
      hasChanged = judgement.isAnomaly
      return hasChanged ? { ...judgement, reason: 'level shift' } : judgement
    },
    learn(value) {
      changed = hasChanged ? changed + 1 : 0
      if (changed >= hold) restart()
      else [up, down] = [nextUp, nextDown]
      // the old level is what the records of a change that is not certain yet are judged by
      if (changed === 0) past.push(value)
    },
    snapshot: () => ({ past: past.snapshot(), up, down, ...(changed > 0 && { changed }) }),
    restore(state) {
      const saved = state as { past: SlidingMomentsSnapshot; up: number; down: number; changed?: number }
      past.restore(saved.past)
      up = saved.up
      down = saved.down
      changed = saved.changed ?? 0
    }
  }
}
