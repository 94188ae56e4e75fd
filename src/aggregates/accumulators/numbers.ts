import type { Accumulation, Aggregate } from '../../aggregate'
import { type Cells, loadCells, newCells, orNull, saveCells } from './cells'

/**
 * Everything that count, sum, mean, extremes and moments are read from, as eight cells of an array: one pass over the
 * values serves them all, and the accumulators of many windows lie side by side without an object each.
 */
export const width = 8
const N = 0
const SUM = 1
/** What the roundings of `SUM` lost. */
const LOST = 2
/** The first value: differences from it are exact, so a large common level (1e9 + {1..5}) costs no digits. */
const ORIGIN = 3
/** Mean of value - origin. */
const MEAN = 4
/** Sum of squared deviations from the mean. */
const M2 = 5
const MIN = 6
const MAX = 7

const blank = newCells(width)

/**
 * Adds a value to the accumulator that begins at `at`.
 * Sum: A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54 (1974).
 * Moments: B. P. Welford, Technometrics 4 (1962), around the first value.
 */
export function addNumber(cells: Cells, at: number, value: number): void {
  const n = ++cells[at + N]
  const sum = cells[at + SUM]
  const next = sum + value
  cells[at + LOST] += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
  cells[at + SUM] = next
  if (n === 1) {
    cells[at + ORIGIN] = cells[at + MIN] = cells[at + MAX] = value
    return
  }
  const x = value - cells[at + ORIGIN]
  const mean = cells[at + MEAN]
  const deviation = x - mean
  const moved = mean + deviation / n
  cells[at + MEAN] = moved
  cells[at + M2] += deviation * (x - moved)
  if (value < cells[at + MIN]) cells[at + MIN] = value
  if (value > cells[at + MAX]) cells[at + MAX] = value
}

/**
 * Adds another accumulator. T. F. Chan, G. H. Golub, R. J. LeVeque, Updating formulae and a pairwise algorithm for
 * computing sample variances (1979), with the difference of the origins.
 */
export function mergeNumbers(cells: Cells, at: number, other: Cells, from: number): void {
  const m = other[from + N]
  if (m === 0) return
  const n = cells[at + N]
  if (n === 0) {
    for (let i = 0; i < width; i++) cells[at + i] = other[from + i]
    return
  }
  const all = n + m
  const sum = cells[at + SUM]
  const more = other[from + SUM]
  const next = sum + more
  cells[at + LOST] += (Math.abs(sum) >= Math.abs(more) ? sum - next + more : more - next + sum) + other[from + LOST]
  cells[at + SUM] = next
  const apart = other[from + ORIGIN] - cells[at + ORIGIN] + (other[from + MEAN] - cells[at + MEAN])
  cells[at + M2] += other[from + M2] + (apart * apart * n * m) / all
  cells[at + MEAN] += (apart * m) / all
  cells[at + N] = all
  if (other[from + MIN] < cells[at + MIN]) cells[at + MIN] = other[from + MIN]
  if (other[from + MAX] > cells[at + MAX]) cells[at + MAX] = other[from + MAX]
}

/** The accumulation of numbers; its accumulators may also lie in a larger array, see `addNumber` and `mergeNumbers`. */
export const numbers: Accumulation<Cells> = {
  create: () => blank.slice(),
  add: (into, value) => addNumber(into, 0, value),
  merge: (into, other) => mergeNumbers(into, 0, other, 0),
  save: saveCells,
  load: saved => loadCells(saved as (number | string)[])
}

/**
 * An aggregate of numbers: `result` of an accumulator that begins at `at`; `null` where there are no values, or where
 * the result is not defined (NaN).
 */
export function ofNumbers(result: (cells: Cells, at: number) => number): Aggregate<Cells> {
  return {
    accumulation: numbers,
    input: 'number',
    result: (cells, _span, at) => (cells[at + N] === 0 ? null : orNull(result(cells, at)))
  }
}

export const countOf = (cells: Cells, at: number): number => cells[at + N]
export const minOf = (cells: Cells, at: number): number => cells[at + MIN]
export const maxOf = (cells: Cells, at: number): number => cells[at + MAX]

/** The compensated sum; where it overflows there is nothing to compensate. */
export function sumOf(cells: Cells, at: number): number {
  const sum = cells[at + SUM]
  return Number.isFinite(sum) ? sum + cells[at + LOST] : sum
}

/** The arithmetic mean; by way of the mean of differences only where the sum overflows and the mean does not. */
export function meanOf(cells: Cells, at: number): number {
  const sum = sumOf(cells, at)
  return Number.isFinite(sum) ? sum / cells[at + N] : cells[at + ORIGIN] + cells[at + MEAN]
}

/** Sample variance (n - 1). Not defined (NaN) for one value. */
export const sampleVariance = (cells: Cells, at: number): number => cells[at + M2] / (cells[at + N] - 1)

/** Population variance (n). */
export const populationVariance = (cells: Cells, at: number): number => cells[at + M2] / cells[at + N]
