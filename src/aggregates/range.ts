import { ofNumbers } from '../aggregate'
import { extremes } from './accumulators/extremes'

/** The largest value less the smallest. Nothing: `null`. */
export const range = ofNumbers(extremes, ({ min, max }) => (min === null || max === null ? null : max - min))
