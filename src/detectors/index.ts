import { auto } from './auto'
import type { Detector, DetectorOptions } from './detector'
import { mad } from './mad'
import { zscore } from './zscore'

/** A method: how it is made, and the threshold that it has by default. */
interface Method {
  create(options: DetectorOptions): Detector
  threshold: number
}

/** Name -> method: the only list of them. */
export const detectors = {
  auto: { create: auto, threshold: 0.9999 },
  zscore: { create: zscore, threshold: 3 },
  mad: { create: mad, threshold: 3 }
} satisfies Record<string, Method>

export const methodNames = Object.keys(detectors) as (keyof typeof detectors)[]
