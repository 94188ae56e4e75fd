import type { Aggregate } from '../aggregate'
import { ConfigError } from '../errors'
import { count } from './count'
import { delta } from './delta'
import { first } from './first'
import { last } from './last'
import { max } from './max'
import { mean } from './mean'
import { median } from './median'
import { min } from './min'
import { percentile } from './percentile'
import { range } from './range'
import { stddev } from './stddev'
import { stddevPop } from './stddev-pop'
import { sum } from './sum'
import { variance } from './variance'
import { variancePop } from './variance-pop'

/** Makes the aggregate of a row. @throws ConfigError for an `arg` that it cannot take */
type AggregateFactory = (arg: unknown) => Aggregate

function percentileOfRow(arg: unknown): Aggregate {
  const p = typeof arg === 'string' && arg.trim() !== '' ? Number(arg) : arg
  if (typeof p === 'number' && p >= 0 && p <= 100) return percentile(p)
  throw new ConfigError('percentile', 'needs a number from 0 to 100 as arg', arg)
}

/** Name -> aggregate: the only list of them. */
export const aggregates: Readonly<Record<string, AggregateFactory>> = {
  count: () => count,
  sum: () => sum,
  mean: () => mean,
  min: () => min,
  max: () => max,
  range: () => range,
  first: () => first,
  last: () => last,
  delta: () => delta,
  variance: () => variance,
  stddev: () => stddev,
  variancePop: () => variancePop,
  stddevPop: () => stddevPop,
  median: () => median,
  percentile: percentileOfRow
}
