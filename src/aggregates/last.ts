import { ofAny } from '../aggregate'
import { ends } from './accumulators/ends'

/** The last value by event time, of equal times the one that came last. Nothing: `null`. */
export const last = ofAny(ends, ({ last }) => last?.value ?? null)
