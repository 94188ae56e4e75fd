import { aggregateRows } from '../config/aggregates'
import { count, duration, flag, optionalCount, readConfig } from '../config/fields'
import { ConfigError } from '../errors'
import type { Operator } from '../operator'
import type { Key, Timestamp } from '../record'
import { type Keyed, KeyedState } from '../state/keyed'
import { Aggregation, HeldBound } from '../windows/aggregation'
import { type Pane, seeTopic, windowMessage } from '../windows/result'
import { TwoStacks, type TwoStacksSnapshot } from '../windows/two-stacks'
import { type NodeSpec, windowRow } from './spec'

const fields = {
  size: count(10),
  slide: optionalCount(),
  partial: flag(false),
  timeout: duration(''),
  aggregates: aggregateRows(['mean']),
  rows: flag(false)
}

/** One record: what was read of it, and what its window is told by. */
interface Item {
  values: unknown[]
  time: Timestamp
  arrival: number
  topic: unknown
}

interface Counted {
  window: TwoStacks<Item, unknown[]>
  /** Records seen. */
  seen: number
  /** Records since the last window. */
  fresh: number
}

/** Aggregates the last `size` records of each key, every `slide` records. */
export const countWindow: NodeSpec = {
  type: 'stream-count-window',
  fields,
  create(raw, { compiler, limits, name, isKeyed }) {
    const { size, slide = size, partial, timeout, aggregates, rows } = readConfig(fields, raw)
    if (timeout) throw new ConfigError('timeout', 'is not available in this version', timeout)
    const aggregation = new Aggregation(aggregates, compiler)
    const held = new HeldBound(limits.maxHeld)
    const each = aggregation.heldPerRecord
    const message = windowMessage(aggregation, name, isKeyed, rows)
    const slidable = {
      create: () => aggregation.create(),
      add(into: unknown[], item: Item) {
        aggregation.recall(item.values)
        aggregation.add(into, item.time, item.arrival)
      },
      merge: (into: unknown[], other: unknown[]) => aggregation.merge(into, other)
    }
    const keys = new KeyedState<Counted>(limits, () => ({ window: new TwoStacks(slidable), seen: 0, fresh: 0 }))
    let arrivals = 0

    /** The window as it stands: [time of its first record, time of its last]. */
    function pane({ window }: Counted): Pane & { end: Timestamp } {
      const items = isKeyed ? undefined : window.toArray()
      const result: Pane & { end: Timestamp } = {
        start: (window.peek() as Item).time,
        end: (window.newest() as Item).time,
        accumulators: window.aggregate()
      }
      for (const { topic } of items ?? []) seeTopic(result, topic)
      return result
    }

    function shrink({ window }: Counted, to: number): void {
      while (window.length > to) {
        window.evict()
        held.change(-each)
      }
    }

    const emit = (entry: Keyed<Counted>): [ReturnType<typeof message>, Timestamp, Key] => {
      const whole = pane(entry.state)
      entry.state.fresh = 0
      // a window that tumbles starts anew: nothing of it is needed again
      if (slide >= size) shrink(entry.state, 0)
      return [message(whole, entry.key, whole.end), whole.end, entry.key]
    }

    const operator: Operator = {
      process({ value, time, key }, output) {
        aggregation.read(value)
        held.check(each)
        const entry = keys.at(key, time)
        const { state } = entry
        state.window.push({ values: aggregation.lastRead, time, arrival: arrivals++, topic: value.topic })
        held.change(each)
        state.seen++
        state.fresh++
        shrink(state, size)
        if (state.seen % slide === 0 && (partial || state.window.length === size)) output.emit(...emit(entry))
      },
      onWatermark: next => keys.sweep(next),
      flush(output) {
        if (!partial) return
        for (const entry of keys.values()) if (entry.state.fresh > 0) output.emit(...emit(entry))
      },
      reset(key) {
        if (key !== undefined) {
          const gone = keys.delete(key)
          if (gone) shrink(gone.state, 0)
          return
        }
        keys.clear()
        held.clear()
      },
      due: () => Infinity,
      holdings() {
        let open = 0
        for (const { state } of keys.values()) if (state.window.length > 0) open++
        return { keys: keys.size, open }
      },
      snapshot: () => ({
        arrivals,
        keys: keys.snapshot(({ window, seen, fresh }) => ({ window: structuredClone(window.snapshot()), seen, fresh }))
      }),
      restore(snapshot) {
        const saved = structuredClone(snapshot) as { arrivals: number; keys: unknown }
        operator.reset()
        arrivals = saved.arrivals
        keys.restore(saved.keys, state => {
          const {
            window: saved,
            seen,
            fresh
          } = state as { window: TwoStacksSnapshot<Item>; seen: number; fresh: number }
          const window = new TwoStacks(slidable)
          window.restore(saved)
          held.change(window.length * each)
          return { window, seen, fresh }
        })
      }
    }
    return operator
  },
  takesUpdates: false,
  makesMessages: true,
  toRow: windowRow
}
