import type { Aggregate } from '../aggregate'
import { byArrival, type Ordered } from './accumulators/ordered'

/** All values as they came, in the order they came. Nothing: []. */
export const collect: Aggregate<Ordered> = {
  accumulation: byArrival,
  input: 'any',
  result: ({ values, head }) => values.slice(head)
}
