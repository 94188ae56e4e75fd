import type { Aggregate } from '../aggregate'
import { sorted } from './accumulators/sorted'
import type { SortedNumbers } from './accumulators/sorted-numbers'
import { percentile } from './percentile'

const upper = percentile(75).result
const lower = percentile(25).result

/** The interquartile range: the 75th percentile less the 25th. Nothing: `null`. */
export const iqr: Aggregate<SortedNumbers> = {
  accumulation: sorted,
  input: 'number',
  result: (numbers, span, at) =>
    numbers.length === 0 ? null : (upper(numbers, span, at) as number) - (lower(numbers, span, at) as number)
}
