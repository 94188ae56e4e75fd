import type { Aggregate } from '../aggregate'
import { ConfigError } from '../errors'
import { parseDuration } from '../time/duration'
import { collect } from './collect'
import { count } from './count'
import { delta } from './delta'
import { distinct } from './distinct'
import { first } from './first'
import { increase } from './increase'
import { integral } from './integral'
import { iqr } from './iqr'
import { kurtosis } from './kurtosis'
import { last } from './last'
import { mad } from './mad'
import { max } from './max'
import { mean } from './mean'
import { median } from './median'
import { min } from './min'
import { mode } from './mode'
import { percentile } from './percentile'
import { range } from './range'
import { rate } from './rate'
import { rms } from './rms'
import { skewness } from './skewness'
import { slope } from './slope'
import { stddev } from './stddev'
import { stddevPop } from './stddev-pop'
import { sum } from './sum'
import { timeMean } from './time-mean'
import { variance } from './variance'
import { variancePop } from './variance-pop'

/** Makes the aggregate of a row. @throws ConfigError for an `arg` that it cannot take, naming its `field` */
type AggregateFactory = (arg: unknown, field?: string) => Aggregate

function percentileOfRow(arg: unknown, field = 'arg'): Aggregate {
  const p = typeof arg === 'string' && arg.trim() !== '' ? Number(arg) : arg
  if (typeof p === 'number' && p >= 0 && p <= 100) return percentile(p)
  throw new ConfigError(field, 'must be a number from 0 to 100', arg)
}

function integralOfRow(arg: unknown, field = 'arg'): Aggregate {
  const unit = parseDuration(arg === undefined || arg === null || arg === '' ? '1h' : (arg as string | number))
  if (unit !== undefined && unit > 0) return integral(unit)
  throw new ConfigError(field, 'must be a duration such as 1h', arg)
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
  increase: () => increase,
  variance: () => variance,
  stddev: () => stddev,
  variancePop: () => variancePop,
  stddevPop: () => stddevPop,
  median: () => median,
  percentile: percentileOfRow,
  mode: () => mode,
  distinct: () => distinct,
  collect: () => collect,
  slope: () => slope,
  rate: () => rate,
  timeMean: () => timeMean,
  integral: integralOfRow,
  rms: () => rms,
  mad: () => mad,
  iqr: () => iqr,
  skewness: () => skewness,
  kurtosis: () => kurtosis
}
