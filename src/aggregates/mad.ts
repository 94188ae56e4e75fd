import type { Aggregate } from '../aggregate'
import { sorted } from './accumulators/sorted'
import type { SortedNumbers } from './accumulators/sorted-numbers'
import { percentileByRank } from './percentile'

/**
 * The deviation from the median of a rank, counted from the smallest. Below the median deviations rise downwards, above
 * it upwards: two ascending lists, of which a binary search finds how many of the smallest each has.
 */
function deviationAt(numbers: SortedNumbers, median: number, rank: number): number {
  const { length } = numbers
  const half = (length + 1) >> 1
  const below = (i: number): number => (i < half ? median - numbers.at(half - 1 - i) : Infinity)
  const above = (i: number): number => (half + i < length ? numbers.at(half + i) - median : Infinity)
  let low = Math.max(0, rank - (length - half))
  let high = Math.min(rank, half)
  while (low < high) {
    const middle = (low + high) >> 1
    if (below(middle) < above(rank - middle - 1)) low = middle + 1
    else high = middle
  }
  return Math.min(below(low), above(rank - low))
}

/** The median of the absolute deviations from the median (not scaled), in O(log n). Nothing: `null`. */
export const mad: Aggregate<SortedNumbers> = {
  accumulation: sorted,
  input: 'number',
  result(numbers) {
    const median = percentileByRank(rank => numbers.at(rank), numbers.length, 50)
    return median === null ? null : percentileByRank(rank => deviationAt(numbers, median, rank), numbers.length, 50)
  }
}
