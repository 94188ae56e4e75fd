import { ofNumbers } from '../aggregate'
import { total } from './accumulators/total'

/** The sum, compensated. Nothing: `null`. */
export const sum = ofNumbers(total, ({ n, sum, lost }) => (n === 0 ? null : sum + lost))
