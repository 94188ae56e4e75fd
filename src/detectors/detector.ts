import type { Timestamp } from '../record'

/** What a detector says of one value, judged by the past alone. */
export interface Judgement {
  /** 0..1, rising with surprise; `null` while warming up. */
  readonly score: number | null
  readonly isAnomaly: boolean
  /** Distance from what is expected, in the unit of the threshold; `null` while warming up. */
  readonly deviation: number | null
  readonly expected: number | null
  /** The band of values that are no anomaly. */
  readonly lower: number | null
  readonly upper: number | null
  /** A short phrase where it is an anomaly, else empty. */
  readonly reason: string
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
  /** Length in ms of a cycle; `undefined`: day and week. */
  period: number | undefined
  /** What the wall clock shows at a time, written as if it were UTC: days and weeks follow it. */
  toLocal: (time: Timestamp) => Timestamp
  /** ms without a change, or without a record, that are too long. */
  duration: number
  /** Anomalies in a row that make an alarm. */
  hold: number
}

/** How many values must be known before one is judged: never more than are looked back on, and two for a spread. */
export const leastKnown = ({ warmup, window }: DetectorOptions): number => Math.max(2, Math.min(warmup, window))

/** One method for one key: `score` first, against the past only, then `learn`. */
export interface Detector {
  /** Judges a value. Changes nothing that is learnt. */
  score(value: number, time: Timestamp): Judgement
  /** Takes the value that was scored last into the past. */
  learn(value: number, time: Timestamp): void
  /** The state as plain JSON data, independent of what comes later. */
  snapshot(): unknown
  restore(state: unknown): void
  /** Only where silence is judged too. */
  readonly silence?: Silence
}

/** What a detector says by the watermark, though no record came. */
export interface Silence {
  /** The watermark at which it is an anomaly; Infinity: not before the next record, or said already. */
  due(): Timestamp
  /** Judges the silence up to `due()`, which is Infinity then. */
  fire(): Judgement
  /** A record without a value came; returns whether that ends it. */
  heard(time: Timestamp): boolean
}

/** The judgement where there is no value, or too little past. */
export const unjudged: Judgement = {
  score: null,
  isAnomaly: false,
  deviation: null,
  expected: null,
  lower: null,
  upper: null,
  reason: ''
}

/** The part of a signed deviation that `direction` looks at. */
export const sizeOf = (deviation: number, direction: Direction): number =>
  direction === 'both' ? Math.abs(deviation) : Math.max(0, direction === 'high' ? deviation : -deviation)

/** Puts a judgement together; `deviation` in the unit of the threshold. */
export function judge(
  deviation: number,
  { threshold, direction }: DetectorOptions,
  expected: number,
  lower: number,
  upper: number
): Judgement {
  const size = sizeOf(deviation, direction)
  const isAnomaly = size > threshold
  return {
    score: size / (size + threshold),
    isAnomaly,
    deviation,
    expected,
    lower: clip(lower),
    upper: clip(upper),
    reason: isAnomaly ? (deviation > 0 ? 'above range' : 'below range') : ''
  }
}

/** A distance in units of `scale`; where the past was constant any distance is beyond all bounds. */
export const inUnitsOf = (scale: number, distance: number): number =>
  distance === 0 ? 0 : scale > 0 ? clip(distance / scale) : Math.sign(distance) * Number.MAX_VALUE

/** JSON knows no infinity. */
const clip = (value: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))

/** Judges a value by its distance from what is expected, in sigmas. */
export function judgeSigmas(value: number, expected: number, sigma: number, options: DetectorOptions): Judgement {
  const margin = options.threshold * sigma
  return judge(inUnitsOf(sigma, value - expected), options, expected, expected - margin, expected + margin)
}
