import { maxOf, ofNumbers } from './accumulators/numbers'

/** The largest value. Nothing: `null`. */
export const max = ofNumbers(maxOf)
