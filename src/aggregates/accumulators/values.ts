import type { Accumulation } from '../../aggregate'

/** All values, in no particular order. */
export interface Values {
  values: number[]
}

/** Every value, for what needs the whole window. */
export const values: Accumulation<Values> = {
  create: () => ({ values: [] }),
  add(into, value) {
    into.values.push(value)
  },
  merge(into, other) {
    for (const value of other.values) into.values.push(value)
  },
  holds: true
}
