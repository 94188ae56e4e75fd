import type { Accumulation } from '../../aggregate'

/** The smallest and the largest value; both `null` while there is none. */
export interface Extremes {
  min: number | null
  max: number | null
}

/** Minimum and maximum. */
export const extremes: Accumulation<Extremes> = {
  create: () => ({ min: null, max: null }),
  add(into, value) {
    if (into.min === null || value < into.min) into.min = value
    if (into.max === null || value > into.max) into.max = value
  },
  merge(into, other) {
    if (other.min === null || other.max === null) return
    if (into.min === null || other.min < into.min) into.min = other.min
    if (into.max === null || other.max > into.max) into.max = other.max
  }
}
