import type { Operator } from '../operator'
import { finite, type Timestamp } from '../record'
import { type Keyed, KeyedState } from '../state/keyed'
import { keyedOperator } from '../state/keyed-operator'
import { toPlain } from '../state/plain'
import type { Aggregation } from './aggregation'
import type { Reading } from './columns'
import type { WindowParts } from './parts'
import { type SavedRecords, SlidingRecords } from './sliding-records'

/** A record that waits for the watermark. */
interface Pending extends Reading {
  time: Timestamp
  arrival: number
}

interface Sliding {
  /** In order of time, of equal times in order of arrival. */
  pending: Pending[]
  window: SlidingRecords
  /** The time whose results were sent last. */
  sent: Timestamp
}

interface Saved extends SavedRecords {
  pending: Pending[]
  sent: Timestamp | null
}

/**
 * For each record the aggregate of its key over [time - size, time], both inclusive, sent when the watermark reaches the
 * time; records of one time share one value (SQL's OVER with RANGE).
 */
export function slidingWindow(size: number, { aggregation, held, limits, message }: WindowParts): Operator {
  const create = (): Sliding => ({ pending: [], window: new SlidingRecords(aggregation), sent: -Infinity })
  const keys = new KeyedState<Sliding>({
    limits,
    create,
    isBusy: ({ pending }) => pending.length > 0,
    onGone: state => held.change(-heldBy(state, aggregation))
  })

  function schedule({ slot, state }: Keyed<Sliding>): void {
    const [first] = state.pending
    if (first !== undefined) keys.timers.add(slot, first.time)
  }

  function insert(pending: Pending[], record: Pending): void {
    let i = pending.length
    while (i > 0 && pending[i - 1].time > record.time) i--
    pending.splice(i, 0, record)
  }

  /** Moves the records of `time` into the window; returns how many they were. */
  function admit(state: Sliding, time: Timestamp): number {
    const { pending, window } = state
    let count = 0
    for (; count < pending.length && pending[count].time === time; count++) {
      aggregation.columns.recall(pending[count])
      window.push(time, pending[count].arrival)
    }
    pending.splice(0, count)
    while (window.oldest < time - size) {
      window.evict()
      held.change(-aggregation.others.heldPerRecord)
    }
    state.sent = time
    return count
  }

  return keyedOperator({
    keys,
    process({ value, time, key }, output) {
      if (time <= (keys.get(key)?.state.sent ?? -Infinity)) return output.divert(value, time, key)
      aggregation.columns.read(value)
      held.check(aggregation.others.heldPerRecord)
      const entry = keys.at(key, time)
      insert(entry.state.pending, { time, arrival: keys.arrivals++, ...aggregation.columns.reading })
      held.change(aggregation.others.heldPerRecord)
      keys.timers.add(entry.slot, time)
    },
    onDue(entry, output) {
      const { key, state } = entry
      const { window } = state
      const time = keys.watermark
      const count = admit(state, time)
      schedule(entry)
      for (let i = 0; i < count; i++) {
        output.emit(message(window.total(), key, time - size, time, undefined, window.carried), time, key)
      }
    },
    onClear: () => held.clear(),
    holdings() {
      let open = 0
      for (const { state } of keys.values()) open += state.pending.length
      return { keys: keys.size, open }
    },
    save: ({ pending, window, sent }): Saved => ({
      pending: toPlain(pending) as Pending[],
      ...window.snapshot(),
      sent: finite(sent)
    }),
    load(saved) {
      const { pending, sent, ...records } = saved as Saved
      const state = { ...create(), pending: structuredClone(pending), sent: sent ?? -Infinity }
      state.window.restore(records)
      held.change(heldBy(state, aggregation))
      return state
    },
    schedule
  })
}

const heldBy = ({ pending, window }: Sliding, { others }: Aggregation): number =>
  (pending.length + window.length) * others.heldPerRecord
