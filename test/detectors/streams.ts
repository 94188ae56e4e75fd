import { detectors, type MethodName } from '#engine/detectors/index'
import type { Detector, DetectorOptions } from '#engine/detectors/detector'

/** mulberry32: numbers in [0, 1), the same for the same seed. */
export function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Normal numbers (Box & Muller). */
export function normal(seed: number): () => number {
  const next = random(seed)
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

/** Names of noise -> its values, without end. */
export const noises: Record<string, (seed: number) => (i: number) => number> = {
  white: normal,
  'AR(1)': seed => {
    const next = normal(seed)
    let last = 0
    return () => (last = 0.9 * last + next())
  },
  'heavy tails': seed => {
    const next = normal(seed)
    return () => next() / Math.sqrt((next() ** 2 + next() ** 2 + next() ** 2) / 3)
  },
  'daily season': seed => {
    const next = normal(seed)
    return i => 10 * Math.sin((2 * Math.PI * i) / 288) + next()
  }
}

export const minute = 60_000
export const start = Date.UTC(2024, 0, 1)

/** The defaults of the node, and what is set otherwise. */
export const optionsOf = (method: MethodName, options: Partial<DetectorOptions> = {}): DetectorOptions => ({
  threshold: detectors[method].threshold,
  window: 1000,
  warmup: 30,
  direction: 'both',
  period: undefined,
  toLocal: time => time,
  duration: 10 * minute,
  hold: 1,
  ...options
})

/** A detector with the defaults of the node. */
export const make = (method: MethodName, options: Partial<DetectorOptions> = {}): Detector =>
  detectors[method].create(optionsOf(method, options))

/** Scores and learns values that come every five minutes; the judgements, each a copy. */
export function judgements(detector: Detector, values: ArrayLike<number>, from = 0): ReturnType<Detector['score']>[] {
  return Array.from(values, (value, i) => {
    const time = start + (from + i) * 5 * minute
    const judgement = { ...detector.score(value, time) }
    detector.learn(value, time)
    return judgement
  })
}
