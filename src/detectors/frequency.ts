import type { Detector, DetectorOptions } from './detector'
import { stillness } from './stillness'

/** No record came for `duration`. */
export const frequency = (options: DetectorOptions): Detector => stillness(options, 'silent', () => true)
