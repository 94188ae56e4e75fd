import { ofAny } from '../aggregate'
import { ends } from './accumulators/ends'

/** The first value by event time, of equal times the one that came first. Nothing: `null`. */
export const first = ofAny(ends, ({ first }) => first?.value ?? null)
