import type { Accumulation } from '../../aggregate'
import { type Cells, copyCells, loadCells, newCells, saveCells } from './cells'

const N = 0
/** Time and value of the first: differences from them are exact, epoch or large level notwithstanding. */
const TIME_ORIGIN = 1
const ORIGIN = 2
/** Means of time and value less their origins. */
const TIME_MEAN = 3
const MEAN = 4
/** Sums of deviations from the means: of time squared, and of time by value. */
export const TIME_SQUARES = 5
export const PRODUCTS = 6

const blank = newCells(7)
/** The accumulator of one value. */
const one = blank.slice()
one[N] = 1

/** As Chan et al. for the variance, here for the covariance, with the difference of the origins. */
function merge(into: Cells, other: Cells): void {
  const n = into[N]
  const m = other[N]
  if (m === 0) return
  if (n === 0) return copyCells(into, other)
  const all = n + m
  const later = other[TIME_ORIGIN] - into[TIME_ORIGIN] + (other[TIME_MEAN] - into[TIME_MEAN])
  const higher = other[ORIGIN] - into[ORIGIN] + (other[MEAN] - into[MEAN])
  const weight = (n * m) / all
  into[TIME_SQUARES] += other[TIME_SQUARES] + later * later * weight
  into[PRODUCTS] += other[PRODUCTS] + later * higher * weight
  into[TIME_MEAN] += (later * m) / all
  into[MEAN] += (higher * m) / all
  into[N] = all
}

/** Values over time, for the straight line through them. */
export const trend: Accumulation<Cells> = {
  create: () => blank.slice(),
  add(into, value, time) {
    one[TIME_ORIGIN] = time
    one[ORIGIN] = value
    merge(into, one)
  },
  merge,
  save: saveCells,
  load: saved => loadCells(saved as (number | string)[])
}
