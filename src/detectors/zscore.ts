import { moments, type Moments, sampleVariance } from '../aggregates/accumulators/moments'
import { TwoStacks, type TwoStacksSnapshot } from '../windows/two-stacks'
import { type Detector, type DetectorOptions, judgeSigmas, warmingUp } from './detector'

const slidable = {
  create: () => moments.create(),
  add: (into: Moments, value: number) => moments.add(into, value, 0, 0),
  merge: (into: Moments, other: Moments) => moments.merge(into, other)
}

/** Distance from the mean of the last `window` values in their sample standard deviations. */
export function zscore(options: DetectorOptions): Detector {
  const past = new TwoStacks<number, Moments>(slidable)
  return {
    score(value) {
      if (past.length < Math.max(2, options.warmup)) return warmingUp
      const seen = past.aggregate()
      return judgeSigmas(value, seen.origin + seen.mean, Math.sqrt(sampleVariance(seen) ?? 0), options)
    },
    learn(value) {
      past.push(value)
      if (past.length > options.window) past.evict()
    },
    snapshot: () => past.snapshot(),
    restore: state => past.restore(state as TwoStacksSnapshot<number>)
  }
}
