import { maxOf, minOf, ofNumbers } from './accumulators/numbers'

/** The largest value less the smallest. Nothing: `null`. */
export const range = ofNumbers((cells, at) => maxOf(cells, at) - minOf(cells, at))
