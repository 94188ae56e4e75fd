import type { Timestamp } from '../record'
import { type Detector, type DetectorOptions, type Judgement, unjudged } from './detector'

/** What the two methods that measure time keep: since when it is still, and whether that was said. */
interface Still {
  since: Timestamp | null
  wasSaid: boolean
  value: number | null
}

/**
 * A detector of stillness: it measures the time since something last happened. `ends` tells whether a record with this
 * value (`null`: none) after the `last` one ends the stillness; `reason` is what to call it.
 */
export function stillness(
  { duration }: DetectorOptions,
  reason: string,
  ends: (value: number | null, last: number | null) => boolean
): Detector {
  let still: Still = { since: null, wasSaid: false, value: null }

  function after(elapsed: number): Judgement {
    const isAnomaly = elapsed >= duration
    return {
      ...unjudged,
      score: elapsed / (elapsed + duration),
      isAnomaly,
      deviation: elapsed,
      reason: isAnomaly ? reason : ''
    }
  }

  function stir(time: Timestamp): void {
    still.since = still.since === null ? time : Math.max(still.since, time)
    still.wasSaid = false
  }

  return {
    score(value, time) {
      if (still.since === null) return unjudged
      // the record that ends a stillness tells of it only where the watermark has not told before
      if (still.wasSaid && ends(value, still.value)) return after(0)
      return after(Math.max(0, time - still.since))
    },
    learn(value, time) {
      if (still.since === null || ends(value, still.value)) stir(time)
      else if (time - still.since >= duration) still.wasSaid = true
      still.value = value
    },
    silence: {
      due: () => (still.since === null || still.wasSaid ? Infinity : still.since + duration),
      fire() {
        still.wasSaid = true
        return after(duration)
      },
      heard(time) {
        const isEnd = still.since === null || ends(null, still.value)
        if (isEnd) stir(time)
        return isEnd
      }
    },
    snapshot: () => ({ ...still }),
    restore: state => void (still = { ...(state as Still) })
  }
}
