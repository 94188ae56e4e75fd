import type { Aggregate } from '../aggregate'
import { sorted } from './accumulators/sorted'
import type { SortedNumbers } from './accumulators/sorted-numbers'

/**
 * The `p`-th percentile (0..100) of `length` ranked numbers, by linear interpolation at p * (n - 1), as Flink's
 * PERCENTILE and Hyndman and Fan's definition 7. Nothing: `null`.
 */
export function percentileByRank(numberAt: (rank: number) => number, length: number, p: number): number | null {
  if (length === 0) return null
  const at = (p * (length - 1)) / 100
  const below = Math.floor(at)
  const low = numberAt(below)
  if (at === below) return low
  const apart = numberAt(below + 1) - low
  // two numbers can be further apart than the largest number
  return Number.isFinite(apart)
    ? low + (at - below) * apart
    : low * (1 - at + below) + numberAt(below + 1) * (at - below)
}

/** The exact percentile. Nothing: `null`. */
export const percentile = (p: number): Aggregate<SortedNumbers> => ({
  accumulation: sorted,
  input: 'number',
  result: numbers => percentileByRank(rank => numbers.at(rank), numbers.length, p)
})
