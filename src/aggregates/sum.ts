import { ofNumbers, sumOf } from './accumulators/numbers'

/** The sum, compensated. Nothing: `null`. */
export const sum = ofNumbers(sumOf)
