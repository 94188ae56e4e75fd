import { ofNumbers } from '../aggregate'
import { extremes } from './accumulators/extremes'

/** The largest value. Nothing: `null`. */
export const max = ofNumbers(extremes, ({ max }) => max)
