/** What a detector says of one value, judged by the past alone. */
export interface Judgement {
  /** In the unit of the threshold; `null` while warming up. */
  deviation: number | null
  /** 0..1, rising with surprise; `null` while warming up. */
  score: number | null
  isAnomaly: boolean
  expected: number | null
  lower: number | null
  upper: number | null
}

export type Direction = 'both' | 'high' | 'low'

/** How a detector is set. */
export interface DetectorOptions {
  threshold: number
  /** Values that it looks back on. */
  window: number
  /** Values that it must have seen before it judges. */
  warmup: number
  direction: Direction
}

/** One method for one key: `score` first, against the past only, then `learn`. */
export interface Detector {
  score(value: number): Judgement
  learn(value: number): void
  snapshot(): unknown
  restore(state: unknown): void
}

export const warmingUp: Judgement = {
  deviation: null,
  score: null,
  isAnomaly: false,
  expected: null,
  lower: null,
  upper: null
}

/** Judges a value by its distance from what is expected, in sigmas; after a constant past any other value is an anomaly. */
export function judgeSigmas(
  value: number,
  expected: number,
  sigma: number,
  { threshold, direction }: DetectorOptions
): Judgement {
  const distance = value - expected
  const deviation = distance === 0 ? 0 : sigma === 0 ? Math.sign(distance) * Number.MAX_VALUE : distance / sigma
  const counts =
    direction === 'high' ? Math.max(0, deviation) : direction === 'low' ? Math.max(0, -deviation) : Math.abs(deviation)
  const margin = threshold * sigma
  return {
    deviation,
    score: counts / (counts + threshold),
    isAnomaly: counts > threshold,
    expected,
    lower: expected - margin,
    upper: expected + margin
  }
}
