import { type Detector, type DetectorOptions, judgeSigmas, leastKnown, unjudged } from './detector'
import { SortedWindow } from './sorted-window'

/** Makes the median absolute deviation of normal data its standard deviation. */
const toSigma = 1.4826

/**
 * Median distance of a sorted window's values from their median. Distances grow to both sides of it, so that only this is
 * to be found: how many of the nearer half lie to the left. That hardly changes with one more value, and is looked for
 * from where it was on, in ever longer steps.
 */
class MedianDistance {
  private left = 0

  constructor(private readonly window: SortedWindow) {}

  at(median: number): number {
    const { values, count } = this.window
    const middle = count >> 1
    const half = (count + 1) >> 1
    const taken = this.find(median, middle, half)
    const left = middle - taken
    const right = left + half
    const lower = Math.max(left < middle ? median - values[left] : 0, right > middle ? values[right - 1] - median : 0)
    if (count % 2 === 1) return lower
    const next = Math.min(
      left > 0 ? median - values[left - 1] : Infinity,
      right < count ? values[right] - median : Infinity
    )
    return (lower + next) / 2
  }

  /** So many of the `half` nearest are taken from the left as are nearer than the last one that the right would give. */
  private find(median: number, middle: number, half: number): number {
    const { values } = this.window
    const most = Math.min(half, middle)
    const isMore = (taken: number): boolean =>
      median - values[middle - 1 - taken] < values[middle + half - taken - 1] - median
    let low = Math.min(this.left, most)
    let high = low
    for (let step = 1; low > 0 && !isMore(low - 1); step *= 2) low = Math.max(0, low - step)
    for (let step = 1; high < most && isMore(high); step *= 2) high = Math.min(most, high + step)
    while (low < high) {
      const taken = (low + high) >> 1
      if (isMore(taken)) low = taken + 1
      else high = taken
    }
    this.left = low
    return low
  }
}

/** Distance from the median of the last `window` values in scaled median absolute deviations. */
export function mad(options: DetectorOptions): Detector {
  const past = new SortedWindow(options.window)
  const distance = new MedianDistance(past)
  const least = leastKnown(options)
  return {
    score(value) {
      if (past.count < least) return unjudged
      const median = past.quantile(0.5)
      const spread = distance.at(median)
      return judgeSigmas(value, median, spread * toSigma, options)
    },
    learn: value => past.push(value),
    snapshot: () => past.snapshot(),
    restore: state => past.restore(state as string)
  }
}
