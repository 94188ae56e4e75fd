import { type Detector, type DetectorOptions, warmingUp } from './detector'
import { zscore } from './zscore'

/** Raw scores that are kept to know what is usual. */
const remembered = 1000

/**
 * A calibrated z-score: the score is 1 - the share of past records that would score as high. Beyond the 99 % quantile of
 * the past raw scores the tail is taken as exponential, so that a score rarer than all that was seen has a share too.
 */
export function auto(options: DetectorOptions): Detector {
  const raw = zscore({ ...options, threshold: 3 })
  const deviations: number[] = []
  let next = 0

  /** Share of records whose deviation is at least `size`. */
  function tail(size: number): number {
    const sorted = Float64Array.from(deviations).sort()
    const knee = Math.floor(0.99 * (sorted.length - 1))
    if (size <= sorted[knee]) {
      let above = 0
      for (const deviation of deviations) if (deviation >= size) above++
      return above / deviations.length
    }
    let excess = 0
    for (let i = knee; i < sorted.length; i++) excess += sorted[i] - sorted[knee]
    const scale = Math.max(excess / (sorted.length - knee), sorted[knee] / 4.6, Number.MIN_VALUE)
    return 0.01 * Math.exp(-(size - sorted[knee]) / scale)
  }

  const sizeOf = (deviation: number): number =>
    options.direction === 'high'
      ? Math.max(0, deviation)
      : options.direction === 'low'
        ? Math.max(0, -deviation)
        : Math.abs(deviation)

  return {
    score(value) {
      const judgement = raw.score(value)
      if (judgement.deviation === null || deviations.length < options.warmup) return warmingUp
      const score = 1 - tail(sizeOf(judgement.deviation))
      return { ...judgement, score, isAnomaly: score > options.threshold }
    },
    learn(value) {
      const { deviation } = raw.score(value)
      if (deviation !== null && Math.abs(deviation) < Number.MAX_VALUE) {
        deviations[next] = sizeOf(deviation)
        next = (next + 1) % remembered
      }
      raw.learn(value)
    },
    snapshot: () => ({ raw: raw.snapshot(), deviations: deviations.slice(), next }),
    restore(state) {
      const saved = state as { raw: unknown; deviations: number[]; next: number }
      raw.restore(saved.raw)
      deviations.splice(0, deviations.length, ...saved.deviations)
      next = saved.next
    }
  }
}
