import type { Timestamp } from '../record'
import type { Detector } from './detector'

/** A value that is not learnt yet. */
type Waiting = [value: number, time: Timestamp]

interface Saved {
  waiting: Waiting[]
  inRow: number
}

/**
 * The same detector, but it learns from fewer than `hold` anomalies in a row only when it is known whether they become an
 * alarm: one that learns fast would have got used to them before.
 */
export function patient(detector: Detector, hold: number): Detector {
  if (hold === 1) return detector
  let waiting: Waiting[] = []
  let inRow = 0
  let isAnomaly = false

  return {
    score(value, time) {
      const judgement = detector.score(value, time)
      isAnomaly = judgement.isAnomaly
      return judgement
    },
    learn(value, time) {
      inRow = isAnomaly ? inRow + 1 : 0
      waiting.push([value, time])
      if (inRow > 0 && inRow < hold) return
      const due = waiting
      waiting = []
      // a detector learns what it has scored last
      if (due.length === 1) return detector.learn(value, time)
      for (const [value, time] of due) {
        detector.score(value, time)
        detector.learn(value, time)
      }
    },
    snapshot: () => ({ ...(detector.snapshot() as object), waiting: [...waiting], inRow }),
    restore(state) {
      const saved = state as Partial<Saved>
      detector.restore(saved)
      // absent where `hold` was 1
      waiting = [...(saved.waiting ?? [])]
      inRow = saved.inRow ?? 0
    }
  }
}
