import type { Aggregate } from '../aggregate'
import { type Cells, orNull } from './accumulators/cells'
import { M2, M4, N, shape } from './accumulators/shape'

/**
 * The sample excess kurtosis, as simple-statistics' `sampleKurtosis`. Less than four values, or all equal: `null`.
 */
export const kurtosis: Aggregate<Cells> = {
  accumulation: shape,
  input: 'number',
  result({ [N]: n, [M2]: m2, [M4]: m4 }) {
    if (n < 4) return null
    return orNull(((n - 1) / ((n - 2) * (n - 3))) * ((n * (n + 1) * m4) / (m2 * m2) - 3 * (n - 1)))
  }
}
