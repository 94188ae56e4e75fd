import { aggregateRows } from '../config/aggregates'
import { choice, duration, flag, needed, readConfig, signedDuration, timezone } from '../config/fields'
import { windowClock } from '../time/window-clock'
import { Aggregation } from '../windows/aggregation'
import { cumulative, hopping, tumbling } from '../windows/assigners'
import { HeldBound } from '../windows/held-bound'
import { windowMessage } from '../windows/result'
import { sessionWindow } from '../windows/sessions'
import { SlicedWindow } from '../windows/sliced'
import { slidingWindow } from '../windows/sliding'
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

/** Aggregates per key over windows of event time; a record that no window takes any more goes to output 2. */
export const timeWindow: NodeSpec = {
  type: 'stream-time-window',
  fields,
  stateFields: ['windowType', 'size', 'slide', 'step', 'gap', 'offset', 'timezone', 'aggregates'],
  create(raw, { compiler, limits, name, isKeyed, timezone }) {
    const config = readConfig(fields, raw)
    const { windowType, offset = 0, lateness = 0, emit: when } = config
    const aggregation = new Aggregation(config.aggregates, compiler, { seesTopic: !isKeyed })
    const parts = {
      aggregation,
      limits,
      held: new HeldBound(limits.maxHeld),
      message: windowMessage(aggregation, { name, isKeyed, rows: config.rows }),
      lateness,
      emit: { when, every: when === 'every' ? needed(config.every, 'every') : 0 }
    }
    if (windowType === 'session') return sessionWindow(needed(config.gap, 'gap'), parts)
    const size = needed(config.size, 'size')
    if (windowType === 'sliding') return slidingWindow(size, parts)
    const assigner = {
      tumbling: () => tumbling(size, offset),
      hopping: () => hopping(size, needed(config.slide, 'slide'), offset),
      cumulative: () => cumulative(size, needed(config.step, 'step'), offset)
    }[windowType]()
    return new SlicedWindow({
      ...parts,
      assigner,
      clock: windowClock(config.timezone ?? timezone),
      emitEmpty: config.emitEmpty && windowType !== 'cumulative'
    })
  },
  takesUpdates: false,
  makesMessages: true,
  setsAsideLate: true,
  toRow: windowRow
}
