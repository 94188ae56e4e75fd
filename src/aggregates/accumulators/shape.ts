import type { Accumulation } from '../../aggregate'
import { type Cells, copyCells, loadCells, newCells, saveCells } from './cells'

export const N = 0
/** The first value: differences from it are exact, so a large common level costs no digits. */
const ORIGIN = 1
/** Mean of value - origin. */
const MEAN = 2
/** Sums of the second, third and fourth powers of the deviations from the mean. */
export const M2 = 3
export const M3 = 4
export const M4 = 5

const blank = newCells(6)
/** The accumulator of one value. */
const one = blank.slice()
one[N] = 1

/** P. Pébay, Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments (2008). */
function merge(into: Cells, other: Cells): void {
  const n = into[N]
  const m = other[N]
  if (m === 0) return
  if (n === 0) return copyCells(into, other)
  const all = n + m
  const apart = other[ORIGIN] - into[ORIGIN] + (other[MEAN] - into[MEAN])
  const share = apart / all
  const a2 = into[M2]
  const a3 = into[M3]
  const b2 = other[M2]
  const b3 = other[M3]
  const square = apart * share * n * m
  into[M4] +=
    other[M4] +
    square * share * share * (n * n - n * m + m * m) +
    6 * share * share * (n * n * b2 + m * m * a2) +
    4 * share * (n * b3 - m * a3)
  into[M3] += b3 + square * share * (n - m) + 3 * share * (n * b2 - m * a2)
  into[M2] += b2 + square
  into[MEAN] += share * m
  into[N] = all
}

/** The moments up to the fourth, in one pass; for what tells how a distribution is shaped. */
export const shape: Accumulation<Cells> = {
  create: () => blank.slice(),
  add(into, value) {
    one[ORIGIN] = value
    merge(into, one)
  },
  merge,
  save: saveCells,
  load: saved => loadCells(saved as (number | string)[])
}
