import type { Aggregate } from '../aggregate'
import { type Cells, orNull } from './accumulators/cells'
import { PRODUCTS, TIME_SQUARES, trend } from './accumulators/trend'

/** The slope of the least-squares line over event time, per second. Nothing, one value or equal times: `null`. */
export const slope: Aggregate<Cells> = {
  accumulation: trend,
  input: 'number',
  // without two times both sums are zero, and 0/0 is no number
  result: cells => orNull((cells[PRODUCTS] / cells[TIME_SQUARES]) * 1000)
}
