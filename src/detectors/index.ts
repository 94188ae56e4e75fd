import { auto } from './auto'
import { change } from './change'
import type { Detector, DetectorOptions } from './detector'
import { ewma } from './ewma'
import { flatline } from './flatline'
import { frequency } from './frequency'
import { iqr } from './iqr'
import { mad } from './mad'
import { patient } from './patient'
import { seasonal } from './seasonal'
import { zscore } from './zscore'

/** A method: how it is made, and the threshold that it has by default. */
interface Method {
  create(options: DetectorOptions): Detector
  threshold: number
}

/** Name -> method: the only list of them. */
export const detectors = {
  auto: { create: options => patient(auto(options), options.hold), threshold: 0.9999 },
  zscore: { create: zscore, threshold: 3 },
  mad: { create: mad, threshold: 3 },
  ewma: { create: ewma, threshold: 3 },
  iqr: { create: iqr, threshold: 1.5 },
  seasonal: { create: seasonal, threshold: 3 },
  change: { create: change, threshold: 5 },
  // these two have no threshold but the duration
  flatline: { create: flatline, threshold: 1 },
  frequency: { create: frequency, threshold: 1 }
} satisfies Record<string, Method>

export type MethodName = keyof typeof detectors

export const methodNames = Object.keys(detectors) as MethodName[]
