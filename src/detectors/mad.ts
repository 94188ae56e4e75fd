import { type Detector, type DetectorOptions, judgeSigmas, unjudged, warmingUp } from './detector'
import { SortedWindow } from './sorted-window'

/** Makes the median absolute deviation of normal data its standard deviation. */
const toSigma = 1.4826

/**
 * Median distance of a sorted window's values from their median in O(log n): distances grow to both sides of it, so it
 * takes a binary search for how many of the nearer half lie to the left.
 */
function medianDistance({ values, count }: SortedWindow, median: number): number {
  const middle = count >> 1
  const half = (count + 1) >> 1
  let low = 0
  let high = Math.min(half, middle)
  while (low < high) {
    const taken = (low + high) >> 1
    const right = middle + half - taken - 1
    if (median - values[middle - 1 - taken] < values[right] - median) low = taken + 1
    else high = taken
  }
  const left = middle - low
  const right = middle + half - low
  const lower = Math.max(left < middle ? median - values[left] : 0, right > middle ? values[right - 1] - median : 0)
  if (count % 2 === 1) return lower
  const next = Math.min(
    left > 0 ? median - values[left - 1] : Infinity,
    right < count ? values[right] - median : Infinity
  )
  return (lower + next) / 2
}

/** Distance from the median of the last `window` values in scaled median absolute deviations. */
export function mad(options: DetectorOptions): Detector {
  const past = new SortedWindow(options.window)
  const judgement = unjudged()
  const least = Math.max(2, Math.min(options.warmup, options.window))
  return {
    score(value) {
      if (past.count < least) return warmingUp(judgement)
      const median = past.quantile(0.5)
      const spread = medianDistance(past, median)
      return judgeSigmas(judgement, value, median, spread * toSigma, options)
    },
    learn: value => past.push(value),
    snapshot: () => past.snapshot(),
    restore: state => past.restore(state as string)
  }
}
