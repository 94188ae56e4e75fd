import type { Aggregate } from '../aggregate'
import { multiset, type Multiset } from './accumulators/multiset'

/** How many different values there were, exactly; 1 and '1' differ. Nothing: 0. */
export const distinct: Aggregate<Multiset> = {
  accumulation: multiset,
  input: 'any',
  result: ({ counts }) => counts.size
}
