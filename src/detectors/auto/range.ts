import type { Baseline } from './baseline'

/**
 * Third evidence: no value ever was so high or so low. The n-th of n exchangeable values is a record with probability
 * 1/n to each side; how far it lies beyond the range counts on top.
 */
export function rangeSurprise(value: number, { count, low, high, range }: Baseline): number {
  const beyond = value > high ? value - high : value < low ? low - value : 0
  if (beyond === 0) return 0
  return Math.log(count + 1) + Math.log1p(range > 0 ? (20 * beyond) / range : 200)
}
