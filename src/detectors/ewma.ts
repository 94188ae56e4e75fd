import { type Detector, type DetectorOptions, judgeSigmas, unjudged } from './detector'

/**
 * Distance from the exponentially weighted mean in the weighted deviations around it, with the weight 2 / (window + 1)
 * of the newest value; the first values count alike. Update of mean and variance: Finch 2009, formulas 124 and 143.
 */
export function ewma(options: DetectorOptions): Detector {
  const least = Math.max(2, options.warmup)
  let past = { count: 0, mean: 0, variance: 0 }
  return {
    score(value) {
      if (past.count < least) return unjudged
      return judgeSigmas(value, past.mean, Math.sqrt(past.variance), options)
    },
    learn(value) {
      const weight = Math.max(2 / (options.window + 1), 1 / ++past.count)
      const distance = value - past.mean
      const step = weight * distance
      past.mean += step
      past.variance = (1 - weight) * Math.min(Number.MAX_VALUE, past.variance + distance * step)
    },
    snapshot: () => ({ ...past }),
    restore: state => void (past = { ...(state as typeof past) })
  }
}
