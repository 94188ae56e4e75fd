/** A fraction of whole numbers; `q` is positive. */
export interface Ratio {
  p: bigint
  q: bigint
}

/** The double as the fraction that it is. */
export function exact(x: number): Ratio {
  let q = 1n
  // doubling is exact
  while (!Number.isInteger(x)) {
    x *= 2
    q *= 2n
  }
  return { p: BigInt(x), q }
}

const add = (a: Ratio, b: Ratio): Ratio =>
  a.q === b.q ? { p: a.p + b.p, q: a.q } : { p: a.p * b.q + b.p * a.q, q: a.q * b.q }
const times = (a: Ratio, b: Ratio): Ratio => ({ p: a.p * b.p, q: a.q * b.q })
const over = (a: Ratio, n: number): Ratio => ({ p: a.p, q: a.q * BigInt(n) })
const negated = ({ p, q }: Ratio): Ratio => ({ p: -p, q })

/** All over one denominator, which keeps the whole numbers small. */
function aligned(x: readonly number[]): Ratio[] {
  const ratios = x.map(exact)
  const q = ratios.reduce((most, ratio) => (ratio.q > most ? ratio.q : most), 1n)
  return ratios.map(ratio => ({ p: ratio.p * (q / ratio.q), q }))
}

export const exactSum = (x: readonly number[]): Ratio => aligned(x).reduce(add, { p: 0n, q: 1n })
export const exactMean = (x: readonly number[]): Ratio => over(exactSum(x), x.length)

/** Sum of squared deviations over n - 1. */
export function exactVariance(x: readonly number[]): Ratio {
  const ratios = aligned(x)
  const sum = ratios.reduce(add)
  const squares = ratios.map(ratio => times(ratio, ratio)).reduce(add)
  return over(add(squares, negated(over(times(sum, sum), x.length))), x.length - 1)
}

function wholeRoot(n: bigint): bigint {
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (root + n / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** The root to 60 digits. */
export function rootOf({ p, q }: Ratio): Ratio {
  const digits = 10n ** 60n
  return p === 0n ? { p, q } : { p: wholeRoot(p * q * digits * digits), q: q * digits }
}

/** How far off `actual` is, as a share of the exact value. */
export function relativeError(actual: number, expected: Ratio): number {
  const { p, q } = add(exact(actual), negated(expected))
  if (p === 0n) return 0
  const share = (10n ** 40n * p * expected.q) / (q * expected.p)
  return Math.abs(Number(share)) / 1e40
}
