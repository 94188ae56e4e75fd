import type { Accumulation, Aggregate } from '../aggregate'

/** How many values there were. */
export const counted: Accumulation<{ n: number }, unknown> = {
  create: () => ({ n: 0 }),
  add(into) {
    into.n++
  },
  merge(into, other) {
    into.n += other.n
  }
}

/** How many records, or how many values of a field, there are. Nothing: 0. */
export const count: Aggregate<{ n: number }> = {
  accumulation: counted,
  input: 'any',
  counts: true,
  result: ({ n }) => n
}
