import { minOf, ofNumbers } from './accumulators/numbers'

/** The smallest value. Nothing: `null`. */
export const min = ofNumbers(minOf)
