import type { Aggregate } from '../aggregate'
import { ends, type Ends } from './accumulators/ends'

/** The last value by event time, of equal times the one that came last. Nothing: `null`. */
export const last: Aggregate<Ends> = { accumulation: ends, input: 'any', result: ({ last }) => last?.value ?? null }
