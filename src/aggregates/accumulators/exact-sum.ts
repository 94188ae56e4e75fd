/**
 * A sum of doubles without any rounding: numbers of rising magnitude whose bits do not overlap. So what was added can be
 * taken out again without a trace, which no other sum allows.
 * J. R. Shewchuk, Adaptive precision floating-point arithmetic and fast robust geometric predicates (1997).
 */
export type ExactSum = number[]

/** Adds `x`; -x takes it out. Once the sum has overflowed it is infinite for good. */
export function addExactly(sum: ExactSum, x: number): void {
  let kept = 0
  for (let i = 0; i < sum.length; i++) {
    const y = sum[i]
    const high = x + y
    const low = Math.abs(x) < Math.abs(y) ? x - (high - y) : y - (high - x)
    if (low !== 0) sum[kept++] = low
    x = high
  }
  // an infinity leaves nothing else to keep
  sum.length = Number.isFinite(x) ? kept : 0
  sum.push(x)
}

export const hasNotOverflowed = (sum: ExactSum): boolean => sum.length === 0 || Number.isFinite(sum[sum.length - 1])

/** The double that is nearest to the sum, of two equally near ones the even: the same however the sum was made. */
export function rounded(sum: ExactSum): number {
  let i = sum.length - 1
  if (i < 0) return 0
  let high = sum[i]
  let low = 0
  while (i > 0 && low === 0) {
    const x = high
    const y = sum[--i]
    high = x + y
    low = y - (high - x)
  }
  // halfway between two doubles: what is left of the sum tells which way to go
  if (i > 0 && Math.sign(low) === Math.sign(sum[i - 1])) {
    const twice = 2 * low
    const next = high + twice
    if (next - high === twice) return next
  }
  // + 0: 0 has no sign here, which would tell how the sum was made
  return high + 0
}
