import { type Detector, type DetectorOptions, judgeSigmas, leastKnown, unjudged } from './detector'
import { SlidingMoments, type SlidingMomentsSnapshot } from './sliding-moments'

/** Distance from the mean of the last `window` values in their sample standard deviations. */
export function zscore(options: DetectorOptions): Detector {
  const past = new SlidingMoments(options.window)
  const least = leastKnown(options)
  return {
    score(value) {
      if (past.count < least) return unjudged
      return judgeSigmas(value, past.mean, past.deviation, options)
    },
    learn: value => past.push(value),
    snapshot: () => past.snapshot(),
    restore: state => past.restore(state as SlidingMomentsSnapshot)
  }
}
