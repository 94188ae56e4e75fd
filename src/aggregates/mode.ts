import type { Aggregate } from '../aggregate'
import { modeOf, multiset, type Multiset } from './accumulators/multiset'

/**
 * The most frequent value as it came; of equally frequent ones the smallest, as simple-statistics' `mode` (false, true,
 * numbers, text). Nothing: `null`.
 */
export const mode: Aggregate<Multiset> = { accumulation: multiset, input: 'any', result: modeOf }
