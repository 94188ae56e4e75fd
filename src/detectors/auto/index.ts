import { type Detector, type DetectorOptions, type Judgement, sizeOf, unjudged } from '../detector'
import { Evidence, type EvidenceSnapshot } from './evidence'
import { Rest } from './rest'
import { Scale } from './scale'
import { Tail } from './tail'

/** Sums of evidence: finer than other sizes, for all is decided there. */
const sumScale = new Scale(0, 8, 4)
/** Records between two computations of the band. */
const bandPace = 32

/**
 * Needs no parameter. The evidence against a value is calibrated on this stream: the score is 1 - the share of its records
 * that have as much evidence against them. docs/anomaly-detection.md tells what each part is worth.
 */
export function auto(options: DetectorOptions): Detector {
  const { direction, threshold, hold, toLocal } = options
  const warmup = Math.max(options.warmup, 2)
  const evidence = new Evidence(options.window, direction)
  const { baseline } = evidence
  const sums = new Tail(sumScale)
  const alarming = -Math.log1p(-threshold)
  const rest = new Rest()
  let band: [number, number] = [0, 0]
  let surprise = 0

  /** A constant past: any other value is an anomaly. */
  function judgeConstant(value: number): Judgement {
    const { mean } = baseline
    const isAnomaly = sizeOf(value - mean, direction) > 0
    const score = isAnomaly ? toScore(squeezed) : 0
    const reason = isAnomaly ? (value > mean ? 'above range' : 'below range') : ''
    return { score, isAnomaly, deviation: score, expected: mean, lower: mean, upper: mean, reason }
  }

  return {
    score(value, time) {
      evidence.weigh(bounded(value), toLocal(time))
      surprise = sums.surprise(evidence.sum)
      if (baseline.count < warmup) return unjudged
      if (baseline.range === 0) return judgeConstant(value)
      const deviation = toScore(surprise)
      // whoever waits for several anomalies in a row wants no rest between them
      const score = hold === 1 && rest.covers(evidence.sum) ? deviation / 2 : deviation
      const isAnomaly = score > threshold
      const { expected, reason } = evidence
      return {
        score,
        isAnomaly,
        deviation,
        expected,
        lower: expected + band[0],
        upper: expected + band[1],
        reason: isAnomaly ? reason : ''
      }
    },
    learn(value, time) {
      evidence.learn(bounded(value), toLocal(time))
      sums.add(evidence.sum)
      if (baseline.count > warmup) rest.learn(evidence.sum, surprise, baseline.count)
      if (baseline.count % bandPace === 0 || baseline.count === warmup) band = evidence.band(alarming)
    },
    snapshot: () => ({
      evidence: evidence.snapshot(),
      sums: sums.snapshot(),
      rest: rest.snapshot(),
      band: [...band]
    }),
    restore(state) {
      const saved = state as Saved
      evidence.restore(saved.evidence)
      sums.restore(saved.sums)
      rest.restore(saved.rest)
      band = [...saved.band]
    }
  }
}

interface Saved {
  evidence: EvidenceSnapshot
  sums: ReturnType<Tail['snapshot']>
  rest: ReturnType<Rest['snapshot']>
  band: [number, number]
}

/** Squares of greater values would not be finite. */
const bounded = (value: number): number => Math.max(-1e150, Math.min(1e150, value))

/** Surprise above which the score is squeezed, so that doubles still tell the greater surprise from the great one. */
const squeezed = 20

/** 1 - e^-surprise, strictly rising up to 1 - e^-30. */
function toScore(surprise: number): number {
  const extra = Math.max(0, surprise - squeezed)
  return 1 - Math.exp(-Math.min(surprise, squeezed) - (10 * extra) / (extra + 2 * squeezed))
}
