import { ofNumbers, sampleVariance } from './accumulators/numbers'

/** The sample standard deviation (n - 1). One value or nothing: `null`. */
export const stddev = ofNumbers((cells, at) => Math.sqrt(sampleVariance(cells, at)))
