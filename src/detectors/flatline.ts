import type { Detector, DetectorOptions } from './detector'
import { stillness } from './stillness'

/** The value did not change for `duration`. */
export const flatline = (options: DetectorOptions): Detector =>
  stillness(options, 'stuck', (value, last) => value !== null && value !== last)
