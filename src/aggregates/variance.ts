import { ofNumbers, sampleVariance } from './accumulators/numbers'

/** The sample variance (n - 1). One value or nothing: `null`. */
export const variance = ofNumbers(sampleVariance)
