import { ofNumbers } from '../aggregate'
import { extremes } from './accumulators/extremes'

/** The smallest value. Nothing: `null`. */
export const min = ofNumbers(extremes, ({ min }) => min)
