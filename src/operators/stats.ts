import { aggregateRows } from '../config/aggregates'
import { choice, optionalCount, readConfig, text } from '../config/fields'
import { ConfigError } from '../errors'
import type { Operator } from '../operator'
import { KeyedState } from '../state/keyed'
import { type Accumulators, Aggregation, HeldBound } from '../windows/aggregation'
import { TwoStacks, type TwoStacksSnapshot } from '../windows/two-stacks'
import { spread } from '../windows/result'
import type { NodeSpec } from './spec'

const fields = {
  value: text('payload'),
  valueType: choice(['msg', 'jsonata'], 'msg'),
  scope: choice(['all', 'count', 'time'], 'all'),
  size: text(''),
  aggregates: aggregateRows(['count', 'sum', 'mean', 'min', 'max', 'stddev']),
  emit: choice(['each', 'count', 'time'], 'each'),
  every: text('')
}

const whole = optionalCount()

interface Item {
  values: unknown[]
  time: number
  arrival: number
}

interface Seen {
  /** Everything, or the last `size` records. */
  all: Accumulators
  last: TwoStacks<Item, Accumulators>
  records: number
}

/** Statistics of each key so far (`all`) or of its last records (`count`). */
export const stats: NodeSpec = {
  type: 'stream-stats',
  fields,
  create(raw, { compiler, limits }) {
    const config = readConfig(fields, raw)
    if (config.scope === 'time') throw new ConfigError('scope', 'must be all or count in this version', config.scope)
    if (config.emit === 'time') throw new ConfigError('emit', 'must be each or count in this version', config.emit)
    const size = config.scope === 'count' ? whole.read(config.size, 'size') : undefined
    if (config.scope === 'count' && size === undefined)
      throw new ConfigError('size', 'must be a whole number from 1', config.size)
    const every = config.emit === 'count' ? (whole.read(config.every, 'every') ?? 1) : 1
    const get = compiler.getter(config.value, config.valueType, 'value')
    const aggregation = new Aggregation(config.aggregates, compiler, { text: config.value, type: config.valueType })
    const held = new HeldBound(limits.maxHeld)
    const slidable = {
      create: () => aggregation.create(),
      add(into: Accumulators, { values, time, arrival }: Item) {
        aggregation.recall(values)
        aggregation.add(into, time, arrival)
      },
      merge: (into: Accumulators, other: Accumulators) => aggregation.merge(into, other)
    }
    const keys = new KeyedState<Seen>(limits, () => ({
      all: aggregation.create(),
      last: new TwoStacks(slidable),
      records: 0
    }))
    let arrivals = 0

    const heldBy = ({ all, last }: Seen): number => aggregation.held(all) + last.length * aggregation.heldPerRecord

    const operator: Operator = {
      process({ value: message, time, key }, output) {
        aggregation.read(message)
        held.check(aggregation.heldPerRecord)
        const { state } = keys.at(key, time)
        const before = heldBy(state)
        if (size === undefined) aggregation.add(state.all, time, arrivals++)
        else {
          state.last.push({ values: aggregation.lastRead, time, arrival: arrivals++ })
          if (state.last.length > size) state.last.evict()
        }
        held.change(heldBy(state) - before)
        if (++state.records % every !== 0) return
        message.value = get(message)
        message.payload = aggregation.result(size === undefined ? state.all : state.last.aggregate())
        output.emit(message, time, key)
      },
      onWatermark: next => keys.sweep(next),
      flush() {},
      reset(key) {
        if (key === undefined) {
          keys.clear()
          held.clear()
          return
        }
        const gone = keys.delete(key)
        if (gone) held.change(-heldBy(gone.state))
      },
      due: () => Infinity,
      holdings: () => ({ keys: keys.size, open: 0 }),
      snapshot: () => ({
        arrivals,
        keys: keys.snapshot(({ all, last, records }) => structuredClone({ all, last: last.snapshot(), records }))
      }),
      restore(snapshot) {
        const saved = structuredClone(snapshot) as { arrivals: number; keys: unknown }
        operator.reset()
        arrivals = saved.arrivals
        keys.restore(saved.keys, state => {
          const { all, last, records } = state as { all: Accumulators; last: TwoStacksSnapshot<Item>; records: number }
          const seen: Seen = { all, last: new TwoStacks(slidable), records }
          seen.last.restore(last)
          held.change(heldBy(seen))
          return seen
        })
      }
    }
    return operator
  },
  takesUpdates: false,
  makesMessages: false,
  toRow: ({ value, payload }, key) => ({ key, ...spread(payload), ...(isObject(payload) ? { value } : {}) })
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
