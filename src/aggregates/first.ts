import type { Aggregate } from '../aggregate'
import { ends, type Ends } from './accumulators/ends'

/** The first value by event time, of equal times the one that came first. Nothing: `null`. */
export const first: Aggregate<Ends> = { accumulation: ends, input: 'any', result: ({ first }) => first?.value ?? null }
