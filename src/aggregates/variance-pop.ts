import { ofNumbers, populationVariance } from './accumulators/numbers'

/** The population variance (n). One value: 0; nothing: `null`. */
export const variancePop = ofNumbers(populationVariance)
