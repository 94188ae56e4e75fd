import { aggregateRows } from '../../config/aggregates'
import { count, flag, optionalCount, readConfig, someDuration } from '../../config/fields'
import type { Operator, Output } from '../../operator'
import { finite, type Timestamp } from '../../record'
import { type Keyed, KeyedState } from '../../state/keyed'
import { Aggregation } from '../../windows/aggregation'
import { HeldBound } from '../../windows/held-bound'
import { windowMessage } from '../../windows/result'
import { type SavedRecords, SlidingRecords } from '../../windows/sliding-records'
import { type NodeSpec, windowRow } from '../spec'
import { Silence, type Silent } from './silence'

const fields = {
  size: count(10),
  slide: optionalCount(),
  partial: flag(false),
  timeout: someDuration(''),
  aggregates: aggregateRows(['mean']),
  rows: flag(false)
}

interface Counted extends Silent {
  window: SlidingRecords
  /** Records seen. */
  seen: number
  /** Records since the last window. */
  fresh: number
}

interface Saved extends SavedRecords {
  seen: number
  fresh: number
  silentAt: Timestamp | null
}

/** Aggregates the last `size` records of each key, every `slide` records. */
export const countWindow: NodeSpec = {
  type: 'stream-count-window',
  fields,
  stateFields: ['size', 'slide', 'aggregates'],
  create(raw, { compiler, limits, name, isKeyed }) {
    const { size, slide = size, partial, timeout, aggregates, rows } = readConfig(fields, raw)
    const aggregation = new Aggregation(aggregates, compiler, { seesTopic: !isKeyed })
    const held = new HeldBound(limits.maxHeld)
    const each = aggregation.others.heldPerRecord
    const message = windowMessage(aggregation, { name, isKeyed, rows })
    const create = (): Counted => ({
      window: new SlidingRecords(aggregation),
      seen: 0,
      fresh: 0,
      silentAt: Infinity
    })
    const keys = new KeyedState<Counted>({
      limits,
      create,
      onGone: ({ window }) => held.change(-window.length * each)
    })
    const silence = new Silence(keys, timeout)

    /** Does a record more push one out? */
    const isFull = (state: Counted | undefined): boolean => state?.window.length === size

    function shrink({ window }: Counted, to: number): void {
      while (window.length > to) {
        window.evict()
        held.change(-each)
      }
    }

    function emit({ state, key }: Keyed<Counted>, output: Output): void {
      const { window } = state
      const { carried, oldest, newest } = window
      const result = message(window.total(), key, oldest, newest, undefined, carried)
      state.fresh = 0
      // windows that do not overlap start anew, be it before the window was full
      if (slide >= size) {
        shrink(state, 0)
        state.seen = 0
      }
      output.emit(result, newest, key)
    }

    const operator: Operator = {
      process({ value, time, key }, output) {
        aggregation.columns.read(value)
        if (each > 0 && !isFull(keys.get(key)?.state)) held.check(each)
        const entry = keys.at(key, time)
        const { state } = entry
        state.window.push(time, keys.arrivals++)
        held.change(each)
        state.seen++
        state.fresh++
        silence.end(entry)
        shrink(state, size)
        if (state.seen % slide === 0 && (partial || state.window.length === size)) emit(entry, output)
      },
      onWatermark: watermark => keys.advance(watermark),
      onClock(now, output) {
        silence.moveTo(now)
        for (let entry; (entry = silence.next()) !== undefined;) if (entry.state.fresh > 0) emit(entry, output)
      },
      wakeAt: () => silence.wakeAt(),
      flush(output) {
        if (!partial) return
        for (const entry of keys.values()) if (entry.state.fresh > 0) emit(entry, output)
      },
      reset(key) {
        if (key !== undefined) return keys.delete(key)
        keys.clear()
        held.clear()
      },
      due: () => Infinity,
      holdings() {
        let open = 0
        for (const { state } of keys.values()) if (state.fresh > 0) open++
        return { keys: keys.size, open }
      },
      snapshot: () => ({
        ...keys.snapshot(({ window, seen, fresh, silentAt }): Saved => ({
          ...window.snapshot(),
          seen,
          fresh,
          silentAt: finite(silentAt)
        })),
        now: finite(silence.now)
      }),
      restore(snapshot) {
        const { now } = snapshot as { now: Timestamp | null }
        operator.reset()
        keys.restore(snapshot, state => {
          const { seen, fresh, silentAt, ...records } = state as Saved
          const counted = { ...create(), seen, fresh, silentAt: silentAt ?? Infinity }
          counted.window.restore(records)
          held.change(counted.window.length * each)
          return counted
        })
        silence.resume(now ?? -Infinity)
      }
    }
    return operator
  },
  takesUpdates: false,
  makesMessages: true,
  toRow: windowRow
}
