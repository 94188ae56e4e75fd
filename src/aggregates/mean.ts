import { countOf, ofNumbers, sumOf } from './accumulators/numbers'

/** The arithmetic mean, of the compensated sum. Nothing: `null`. */
export const mean = ofNumbers((cells, at) => sumOf(cells, at) / countOf(cells, at))
