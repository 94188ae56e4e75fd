import { meanOf, ofNumbers, populationVariance } from './accumulators/numbers'

/** The root of the mean of the squares, which are mean squared and population variance. Nothing: `null`. */
export const rms = ofNumbers((cells, at) => Math.hypot(meanOf(cells, at), Math.sqrt(populationVariance(cells, at))))
