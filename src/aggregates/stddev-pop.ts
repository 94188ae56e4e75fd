import { ofNumbers, populationVariance } from './accumulators/numbers'

/** The population standard deviation (n). One value: 0; nothing: `null`. */
export const stddevPop = ofNumbers((cells, at) => Math.sqrt(populationVariance(cells, at)))
