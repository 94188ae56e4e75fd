import { ofNumbers } from '../aggregate'
import { moments, populationVariance } from './accumulators/moments'

/** The population variance (n). One value: 0; nothing: `null`. */
export const variancePop = ofNumbers(moments, populationVariance)
