import { ofNumbers } from '../aggregate'
import { moments, sampleVariance } from './accumulators/moments'

/** The sample variance (n - 1). One value or nothing: `null`. */
export const variance = ofNumbers(moments, sampleVariance)
