import { percentileOf } from '../aggregates/percentile'
import { type Detector, type DetectorOptions, judgeSigmas, warmingUp } from './detector'

/** Makes the median absolute deviation of normal data its standard deviation. */
const toSigma = 1.4826

/** Place of the first element that is not below `value`. */
function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Distance from the median of the last `window` values in scaled median absolute deviations. */
export function mad(options: DetectorOptions): Detector {
  const queue: number[] = []
  const sorted: number[] = []

  const learn = (value: number): void => {
    queue.push(value)
    sorted.splice(lowerBound(sorted, value), 0, value)
    if (queue.length > options.window) sorted.splice(lowerBound(sorted, queue.shift() as number), 1)
  }

  return {
    score(value) {
      if (sorted.length < Math.max(2, options.warmup)) return warmingUp
      const median = percentileOf(sorted, 50) as number
      const deviations = Float64Array.from(sorted, x => Math.abs(x - median)).sort()
      return judgeSigmas(value, median, (percentileOf(deviations, 50) as number) * toSigma, options)
    },
    learn,
    snapshot: () => queue.slice(),
    restore(state) {
      queue.length = sorted.length = 0
      for (const value of state as number[]) learn(value)
    }
  }
}
