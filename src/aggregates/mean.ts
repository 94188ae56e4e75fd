import { meanOf, ofNumbers } from './accumulators/numbers'

/** The arithmetic mean, of the compensated sum. Nothing: `null`. */
export const mean = ofNumbers(meanOf)
