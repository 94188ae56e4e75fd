import type { Accumulation } from '../../aggregate'

/** A sum and what its roundings lost. */
export interface Total {
  n: number
  sum: number
  lost: number
}

function addTo(into: Total, value: number): void {
  const sum = into.sum + value
  into.lost += Math.abs(into.sum) >= Math.abs(value) ? into.sum - sum + value : value - sum + into.sum
  into.sum = sum
}

/** Compensated sum. A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54 (1974). */
export const total: Accumulation<Total> = {
  create: () => ({ n: 0, sum: 0, lost: 0 }),
  add(into, value) {
    into.n++
    addTo(into, value)
  },
  merge(into, other) {
    into.n += other.n
    addTo(into, other.sum)
    into.lost += other.lost
  }
}
