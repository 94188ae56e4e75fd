import type { Aggregate } from '../aggregate'
import { type Cells, orNull } from './accumulators/cells'
import { M2, M3, N, shape } from './accumulators/shape'

/**
 * The sample skewness, adjusted Fisher-Pearson, as simple-statistics' `sampleSkewness`. Less than three values, or all
 * equal: `null`.
 */
export const skewness: Aggregate<Cells> = {
  accumulation: shape,
  input: 'number',
  result({ [N]: n, [M2]: m2, [M3]: m3 }) {
    if (n < 3) return null
    return orNull((n * m3) / ((n - 1) * (n - 2) * (m2 / (n - 1)) ** 1.5))
  }
}
