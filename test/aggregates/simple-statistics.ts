import { createRequire } from 'node:module'

type Statistic = (x: number[]) => number

/** The library whose definitions the contract names. Its types are those of an ES module, which it need not be. */
export const statistics = createRequire(__filename)('simple-statistics') as Readonly<
  Record<'mode' | 'rootMeanSquare' | 'medianAbsoluteDeviation' | 'sampleSkewness' | 'sampleKurtosis', Statistic>
>
