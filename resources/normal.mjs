// The normal distribution, as near as a picture needs it.

/** Inverse of the distribution's upper half, Abramowitz & Stegun 26.2.23 (error below 0.00045). */
export function normalQuantile(p) {
  const t = Math.sqrt(-2 * Math.log(1 - p))
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}

/** Share of normal values that lie as far from the mean, to either side; Abramowitz & Stegun 26.2.17 (error below 2e-7). */
export function normalShare(sigmas) {
  const t = 1 / (1 + 0.2316419 * Math.abs(sigmas))
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 2 * Math.exp(-(sigmas ** 2) / 2) * 0.3989422804 * sum
}
