import { ofNumbers } from '../aggregate'
import { moments, populationVariance } from './accumulators/moments'

/** The population standard deviation (n). One value: 0; nothing: `null`. */
export const stddevPop = ofNumbers(moments, accumulator => {
  const variance = populationVariance(accumulator)
  return variance === null ? null : Math.sqrt(variance)
})
