import type { Accumulation } from '../../aggregate'

/** How many values there were. */
export const count: Accumulation<{ n: number }, unknown> = {
  create: () => ({ n: 0 }),
  add(into) {
    into.n++
  },
  merge(into, other) {
    into.n += other.n
  }
}
