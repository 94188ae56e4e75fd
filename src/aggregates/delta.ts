import type { Aggregate } from '../aggregate'
import { ends, type Ends } from './accumulators/ends'

/** The last value less the first, by event time. Nothing: `null`. */
export const delta: Aggregate<Ends> = {
  accumulation: ends,
  input: 'number',
  result: ({ first, last }) =>
    first === null || last === null ? null : (last.value as number) - (first.value as number)
}
