import { aggregateRows } from '../../config/aggregates'
import { choice, needed, readConfig, text, toCount, toDuration } from '../../config/fields'
import type { Message, Timestamp } from '../../record'
import { fieldsOf, hasFields } from '../../row'
import { type Keyed, KeyedState } from '../../state/keyed'
import { keyedOperator } from '../../state/keyed-operator'
import { toPlain } from '../../state/plain'
import { Aggregation } from '../../windows/aggregation'
import { HeldBound } from '../../windows/held-bound'
import type { NodeSpec } from '../spec'
import { allRecords, type Scope, lastRecords, recordsSince } from './scope'

const fields = {
  value: text('payload'),
  valueType: choice(['msg', 'jsonata'], 'msg'),
  scope: choice(['all', 'count', 'time'], 'all'),
  size: text(''),
  aggregates: aggregateRows(['count', 'sum', 'mean', 'min', 'max', 'stddev']),
  emit: choice(['each', 'count', 'time'], 'each'),
  every: text('')
}

const toTime = (raw: string, field: string): number => needed(raw === '' ? undefined : toDuration(raw, field), field)

interface Seen {
  scope: Scope
  records: number
  /** With `emit: time`: the newest message that was not sent, and when it is to be. */
  waiting?: { message: Message; value: unknown; at: Timestamp }
}

/** Statistics of each key: of all its records, of the last ones, or of a time. */
export const stats: NodeSpec = {
  type: 'stream-stats',
  fields,
  stateFields: ['value', 'valueType', 'scope', 'size', 'aggregates', 'emit', 'every'],
  create(raw, { compiler, limits }) {
    const config = readConfig(fields, raw)
    const get = compiler.getter(config.value, config.valueType, 'value')
    const payload = { text: config.value, type: config.valueType }
    const aggregation = new Aggregation(config.aggregates, compiler, { payload, areSentOn: true })
    const held = new HeldBound(limits.maxHeld)
    const each = aggregation.others.heldPerRecord
    const scope = {
      all: () => allRecords(aggregation),
      count: () => lastRecords(aggregation, toCount(config.size, 'size')),
      time: () => recordsSince(aggregation, toTime(config.size, 'size'))
    }[config.scope]
    scope()
    const everyRecords = config.emit === 'count' ? toCount(config.every, 'every') : 1
    const everyTime = config.emit === 'time' ? toTime(config.every, 'every') : undefined
    const heldBy = ({ scope }: Seen): number => scope.length * each
    const keys = new KeyedState<Seen>({
      limits,
      create: () => ({ scope: scope(), records: 0 }),
      isBusy: ({ waiting }) => waiting !== undefined,
      onGone: state => held.change(-heldBy(state))
    })

    function schedule({ slot, state }: Keyed<Seen>): void {
      if (state.waiting !== undefined) keys.timers.add(slot, state.waiting.at - 1)
    }

    function enrich(message: Message, value: unknown, { scope }: Seen): void {
      message.value = value
      message.payload = scope.result()
    }

    /** The message is sent, with what is known by then, when the watermark has passed the next multiple of `every`. */
    function wait(entry: Keyed<Seen>, message: Message, time: Timestamp, every: number): void {
      const { waiting } = entry.state
      const at = waiting?.at ?? (Math.floor(time / every) + 1) * every
      entry.state.waiting = { message, value: get(message), at }
      schedule(entry)
    }

    return keyedOperator({
      keys,
      process({ value: message, time, key }, output) {
        aggregation.columns.read(message)
        if (each > 0 && !(keys.get(key)?.state.scope.leaving(time) ?? 0)) held.check(each)
        const entry = keys.at(key, time)
        const { state } = entry
        const before = heldBy(state)
        state.scope.add(time, keys.arrivals++)
        held.change(heldBy(state) - before)
        state.records++
        if (everyTime !== undefined) return wait(entry, message, time, everyTime)
        if (state.records % everyRecords !== 0) return
        enrich(message, get(message), state)
        output.emit(message, time, key)
      },
      onDue({ key, state }, output) {
        if (state.waiting === undefined) return
        const { message, value } = state.waiting
        state.waiting = undefined
        enrich(message, value, state)
        output.emit(message, keys.watermark, key)
      },
      onClear: () => held.clear(),
      holdings: () => ({ keys: keys.size, open: 0 }),
      save: ({ scope, records, waiting }) => ({ scope: scope.snapshot(), records, waiting: toPlain(waiting) }),
      load(saved) {
        const { scope: of, ...rest } = saved as Omit<Seen, 'scope'> & { scope: unknown }
        const seen: Seen = { ...rest, scope: scope() }
        seen.scope.restore(of)
        held.change(heldBy(seen))
        return seen
      },
      schedule
    })
  },
  takesUpdates: false,
  makesMessages: false,
  toRow: ({ value, payload }, key) => ({ key, ...fieldsOf(payload), ...(hasFields(payload) ? { value } : {}) })
}
