import type { Accumulation } from '../../aggregate'

/**
 * Count, mean and squared deviations of value - origin, where `origin` is the first value: differences of close numbers
 * are exact, so a large common level (1e9 + {1..5}) costs no digits.
 */
export interface Moments {
  n: number
  origin: number
  /** mean of value - origin */
  mean: number
  /** sum of squared deviations from the mean */
  m2: number
}

/**
 * First and second moment. Update: B. P. Welford, Technometrics 4 (1962). Merge: T. F. Chan, G. H. Golub, R. J. LeVeque,
 * Updating formulae and a pairwise algorithm for computing sample variances (1979), with the difference of origins.
 */
export const moments: Accumulation<Moments> = {
  create: () => ({ n: 0, origin: 0, mean: 0, m2: 0 }),
  add(into, value) {
    if (into.n === 0) into.origin = value
    const x = value - into.origin
    const deviation = x - into.mean
    into.mean += deviation / ++into.n
    into.m2 += deviation * (x - into.mean)
  },
  merge(into, other) {
    if (other.n === 0) return
    if (into.n === 0) {
      into.n = other.n
      into.origin = other.origin
      into.mean = other.mean
      into.m2 = other.m2
      return
    }
    const n = into.n + other.n
    const apart = other.origin - into.origin + (other.mean - into.mean)
    into.m2 += other.m2 + (apart * apart * into.n * other.n) / n
    into.mean += (apart * other.n) / n
    into.n = n
  }
}

/** Sample variance (n - 1); `null` for less than two values. */
export const sampleVariance = ({ n, m2 }: Moments): number | null => (n < 2 ? null : m2 / (n - 1))

/** Population variance (n); `null` for no value. */
export const populationVariance = ({ n, m2 }: Moments): number | null => (n === 0 ? null : m2 / n)
