import { ofNumbers } from '../aggregate'
import { total } from './accumulators/total'

/** The arithmetic mean, of the compensated sum. Nothing: `null`. */
export const mean = ofNumbers(total, ({ n, sum, lost }) => (n === 0 ? null : (sum + lost) / n))
