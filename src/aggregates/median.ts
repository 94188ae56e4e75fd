import { percentile } from './percentile'

/** The exact median: the 50th percentile. Nothing: `null`. */
export const median = percentile(50)
