import { aggregateRows } from '../config/aggregates'
import { choice, type ConfigOf, duration, flag, needed, readConfig, signedDuration, timezone } from '../config/fields'
import { ConfigError } from '../errors'
import { Aggregation, HeldBound } from '../windows/aggregation'
import { hopping, tumbling } from '../windows/assigners'
import { windowMessage } from '../windows/result'
import { sessionWindow } from '../windows/sessions'
import { slicedWindow } from '../windows/sliced'
import { type NodeSpec, windowRow } from './spec'

const fields = {
  windowType: choice(['tumbling', 'hopping', 'cumulative', 'session', 'sliding'], 'tumbling'),
  size: duration('5m'),
  slide: duration('1m'),
  step: duration('1m'),
  gap: duration('5m'),
  offset: signedDuration(''),
  timezone: timezone(),
  lateness: duration(''),
  emit: choice(['final', 'update', 'every'], 'final'),
  every: duration(''),
  emitEmpty: flag(false),
  aggregates: aggregateRows(['mean']),
  rows: flag(false)
}

/** Says what this version cannot do yet, rather than doing something else. @throws ConfigError */
function refuseMissing(config: ConfigOf<typeof fields>, zone: string): void {
  const missing = (field: string, value: unknown): never => {
    throw new ConfigError(field, 'is not available in this version', value)
  }
  if (config.windowType === 'cumulative' || config.windowType === 'sliding') missing('windowType', config.windowType)
  if (config.emit !== 'final') missing('emit', config.emit)
  if (config.emitEmpty) missing('emitEmpty', true)
  if (config.lateness) missing('lateness', config.lateness)
  if (zone !== 'UTC' && config.windowType !== 'session') missing('timezone', zone)
}

/** Aggregates per key over windows of event time; a record that no window takes any more goes to output 2. */
export const timeWindow: NodeSpec = {
  type: 'stream-time-window',
  fields,
  create(raw, { compiler, limits, name, isKeyed, timezone }) {
    const config = readConfig(fields, raw)
    refuseMissing(config, config.timezone ?? timezone)
    const aggregation = new Aggregation(config.aggregates, compiler)
    const parts = {
      aggregation,
      limits,
      isKeyed,
      held: new HeldBound(limits.maxHeld),
      message: windowMessage(aggregation, name, isKeyed, config.rows)
    }
    if (config.windowType === 'session') return sessionWindow(needed(config.gap, 'gap'), parts)
    const size = needed(config.size, 'size')
    const offset = config.offset ?? 0
    if (config.windowType === 'tumbling') return slicedWindow(tumbling(size, offset), parts)
    return slicedWindow(hopping(size, needed(config.slide, 'slide'), offset), parts)
  },
  takesUpdates: false,
  makesMessages: true,
  toRow: windowRow
}
