import type { Aggregate } from '../aggregate'
import { values, type Values } from './accumulators/values'

/**
 * The `p`-th percentile (0..100) of numbers in ascending order, by linear interpolation at p * (n - 1), as Flink's
 * PERCENTILE and Hyndman and Fan's definition 7. Nothing: `null`.
 */
export function percentileOf(sorted: ArrayLike<number>, p: number): number | null {
  if (sorted.length === 0) return null
  const at = (p / 100) * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below]
  return at === below ? low : low + (at - below) * (sorted[below + 1] - low)
}

/** The exact percentile. Nothing: `null`. */
export const percentile = (p: number): Aggregate<Values> => ({
  accumulation: values,
  input: 'number',
  result: accumulator => percentileOf(Float64Array.from(accumulator.values).sort(), p)
})
