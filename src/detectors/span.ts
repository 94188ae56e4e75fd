import type { Detector } from './detector'

/** The same detector, but what lies outside `low`..`high` is an anomaly whatever the past was; `undefined`: no bound. */
export function withSpan(detector: Detector, low: number | undefined, high: number | undefined): Detector {
  if (low === undefined && high === undefined) return detector
  return {
    ...detector,
    score(value, time) {
      const judgement = detector.score(value, time)
      if ((low === undefined || value >= low) && (high === undefined || value <= high)) return judgement
      return { ...judgement, score: 1, isAnomaly: true, reason: 'outside the span' }
    }
  }
}
