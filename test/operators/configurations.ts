import fc from 'fast-check'
import { aggregates } from '#engine/aggregates/index'
import { methodNames } from '#engine/detectors/index'

// Every configuration that can be drawn in a dialog, small enough for streams of some tens of records.

type Config = Record<string, unknown>
type Drawn = fc.Arbitrary<Config>

const oneOf = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

const argOf: Readonly<Record<string, unknown>> = { percentile: 90, integral: '1m' }
export const everyAggregate = Object.keys(aggregates).map(fn => ({ fn, arg: argOf[fn] }))

/** Some aggregates, of the payload or of another property; none: the default. */
const someAggregates = fc
  .subarray(everyAggregate, { maxLength: 6 })
  .chain(rows =>
    fc.tuple(...rows.map(({ fn, arg }, i) => oneOf('', 'b').map(field => ({ fn, arg, field, as: `${fn}${i}` }))))
  )
const key = { keyType: oneOf('msg', 'none') }
const common = { ...key, rows: fc.boolean(), aggregates: someAggregates }

const whenEmitted = {
  emit: oneOf('final', 'update', 'every'),
  every: oneOf('1s', '4s'),
  lateness: oneOf('', '2s', '10s')
}
const timeWindow: Drawn = fc.oneof(
  fc.record({
    ...common,
    ...whenEmitted,
    windowType: oneOf('tumbling'),
    size: oneOf('1s', '10s', '1h'),
    offset: oneOf('', '1s', '-3s'),
    timezone: oneOf('', 'Europe/Berlin'),
    emitEmpty: fc.boolean()
  }),
  fc.record({
    ...common,
    ...whenEmitted,
    windowType: oneOf('hopping'),
    size: oneOf('10s', '30s'),
    slide: oneOf('1s', '2s', '5s'),
    emitEmpty: fc.boolean()
  }),
  fc.record({
    ...common,
    ...whenEmitted,
    windowType: oneOf('cumulative'),
    size: oneOf('10s'),
    step: oneOf('1s', '5s')
  }),
  fc.record({ ...common, ...whenEmitted, windowType: oneOf('session'), gap: oneOf('1s', '3s') }),
  fc.record({ ...common, windowType: oneOf('sliding'), size: oneOf('0.5s', '5s', '20s') })
)

const countWindow: Drawn = fc.record({
  ...common,
  size: oneOf(1, 3, 8, 20),
  slide: oneOf('', '1', '2', '5'),
  partial: fc.boolean(),
  timeout: oneOf('', '2s')
})

const stats: Drawn = fc
  .record({
    scope: oneOf('all', 'count', 'time'),
    emit: oneOf('each', 'count', 'time'),
    aggregates: someAggregates,
    ...key
  })
  .map(config => ({
    ...config,
    size: config.scope === 'time' ? '6s' : 4,
    every: config.emit === 'time' ? '3s' : 3
  }))

const anomaly: Drawn = fc.record({
  ...key,
  method: oneOf(...methodNames),
  threshold: oneOf('', '0.9'),
  window: oneOf(2, 5, 12, 1000),
  warmup: oneOf(1, 3, 6),
  period: oneOf('', '8s'),
  duration: oneOf('1s', '5s'),
  direction: oneOf('both', 'high', 'low'),
  low: oneOf('', '-40'),
  high: oneOf('', '45'),
  learn: fc.boolean(),
  alarm: oneOf('each', 'change'),
  hold: oneOf(1, 2)
})

const join: Drawn = fc
  .record({
    mode: oneOf('interval', 'window', 'latest'),
    joinType: oneOf('inner', 'left', 'right', 'full'),
    side: oneOf('side'),
    left: oneOf('l'),
    right: oneOf('r', ''),
    leftKey: oneOf('', 'topic'),
    lower: oneOf('-4s', '0s'),
    upper: oneOf('0s', '3s'),
    size: oneOf('1s', '8s'),
    ttl: oneOf('', '3s')
  })
  .map(config => ({
    ...config,
    rightKey: config.leftKey,
    joinType: config.mode === 'latest' && !/inner|left/.test(config.joinType) ? 'left' : config.joinType
  }))

/** Operator -> its configurations. */
export const configurations: Readonly<Record<string, Drawn>> = {
  map: fc.constant({ expression: 'payload * 2', expressionType: 'js' }),
  filter: fc.constant({ condition: 'payload > 0', conditionType: 'js' }),
  'count-window': countWindow,
  'time-window': timeWindow,
  join,
  stats,
  anomaly
}
