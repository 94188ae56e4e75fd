import { ofNumbers } from '../aggregate'
import { moments, sampleVariance } from './accumulators/moments'

/** The sample standard deviation (n - 1). One value or nothing: `null`. */
export const stddev = ofNumbers(moments, accumulator => {
  const variance = sampleVariance(accumulator)
  return variance === null ? null : Math.sqrt(variance)
})
