import type { Accumulation } from '../../aggregate'
import { SortedNumbers } from './sorted-numbers'

/** All values in order, for what is read by rank. */
export const sorted: Accumulation<SortedNumbers> = {
  create: () => new SortedNumbers(),
  add: (into, value) => into.add(value),
  merge: (into, other) => into.addAll(other),
  remove: (from, value) => from.remove(value),
  removeAll: (from, other) => from.removeAll(other),
  holds: true,
  save: numbers => numbers.toArray(),
  load: saved => SortedNumbers.from(saved as number[])
}
