/** A median with what is known of it: it lies in [low, high] with this probability. */
export interface Estimate {
  median: number
  low: number
  high: number
  confidence: number
}

/** The median. @throws RangeError for no values */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no values have no median')
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * The median and the narrowest interval of order statistics that holds the true one with at least `level`, whatever
 * the distribution; fewer than six values cannot reach 95 %: then all of them. (Conover, Practical Nonparametric
 * Statistics, 3.2: the number of values below the median is binomial.)
 */
export function estimate(values: readonly number[], level = 0.95): Estimate {
  const sorted = [...values].sort((a, b) => a - b)
  const n = sorted.length
  let probability = 0.5 ** n // of exactly `rank` values below the median
  let below = probability // of at most `rank`
  let rank = 0
  for (let next = 1; next < n / 2; next++) {
    probability *= (n - next + 1) / next
    if (1 - 2 * (below + probability) < level) break
    below += probability
    rank = next
  }
  return { median: median(values), low: sorted[rank], high: sorted[n - 1 - rank], confidence: 1 - 2 * below }
}
