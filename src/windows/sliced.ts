import type { Operator, Output } from '../operator'
import { finite, type Message, type Timestamp } from '../record'
import { type Keyed, KeyedState } from '../state/keyed'
import type { Accumulators } from './accumulators'
import type { Assigner } from './assigners'
import { isEarlyDue, newEarlyResults } from './early'
import type { WindowParts } from './parts'
import type { Kind } from './result'
import { Slices } from './slices'
import { Timers } from './timers'
import type { WindowClock } from './window-clock'

/** At most so many empty windows of a key in one step of the watermark: the newest. */
const maxEmpty = 1000

/** A window that a record calls for at once, and what its result is. */
interface Prompt {
  end: Timestamp
  kind?: Kind
}

const noPrompts: Prompt[] = []

/**
 * Tumbling, hopping and cumulative windows. A record goes into one slice of time; a window is put together from its
 * slices when it fires. A key is registered for its earliest window only, so an advancing watermark costs what is due.
 */
export function slicedWindow(assigner: Assigner, clock: WindowClock, emitEmpty: boolean, parts: WindowParts): Operator {
  const { aggregation, held, message, lateness, emit } = parts
  const { slide } = assigner
  const keys = new KeyedState<Slices>(
    parts.limits,
    () => new Slices(aggregation),
    slices => slices.length > 0,
    slices => {
      held.change(-heldBy(slices))
      slices.clear()
      slices.next = Infinity
    }
  )
  /** When windows fire, and when slices are of no use any more. */
  const timers = new Timers<Keyed<Slices>>()
  const expiry = new Timers<Keyed<Slices>>()
  /** Results are wanted record by record, in no order of windows. */
  const isPrompt = lateness > 0 || emit.when !== 'final'
  /** A tumbling window that is being read. */
  const whole = aggregation.create()
  let watermark: Timestamp = -Infinity
  let arrivals = 0

  const hasFired = (end: Timestamp): boolean => clock.completeAt(end) <= watermark
  const isGone = (end: Timestamp): boolean => clock.completeAt(end) + lateness <= watermark

  /** End of the first window of a slice that has not fired. */
  function firstOpenEnd(start: Timestamp): Timestamp {
    let end = start + slide
    if (!hasFired(end)) return end
    end = Math.max(end, assigner.slice(clock.show(watermark) - clock.putBack) + slide)
    while (hasFired(end)) end += slide
    return end
  }

  function schedule(entry: Keyed<Slices>, end: Timestamp): void {
    if (end >= entry.state.next) return
    entry.state.next = end
    timers.add(clock.completeAt(end), entry)
  }

  /** A key may have been registered for a time more than once, or for nothing by now; or it was forgotten meanwhile. */
  const isDue = (entry: Keyed<Slices>, time: Timestamp): boolean =>
    entry.state.next < Infinity &&
    clock.completeAt(entry.state.next) === time &&
    (!emitEmpty || keys.get(entry.key) === entry)

  /** Where a clock is changed, windows of several ends are complete at one time. */
  const byNextWindow =
    clock.putBack > 0
      ? (a: Keyed<Slices>, b: Keyed<Slices>): number => a.state.next - b.state.next || a.order - b.order
      : (a: Keyed<Slices>, b: Keyed<Slices>): number => a.order - b.order

  /** A slice was made: its first open window is to fire, and in the end it is to be dropped. */
  function registerPane(entry: Keyed<Slices>, start: Timestamp): void {
    const open = firstOpenEnd(start)
    const last = assigner.lastEnd(start)
    if (emitEmpty || open <= last) schedule(entry, open)
    if (lateness > 0) expiry.add(clock.completeAt(last) + lateness, entry)
  }

  /** The windows of a record that is about to be added that call for a result at once. */
  function promptsOf({ state }: Keyed<Slices>, start: Timestamp, time: Timestamp): Prompt[] {
    const prompts: Prompt[] = []
    const last = assigner.lastEnd(start)
    for (let end = start + slide; end <= last; end += slide) {
      if (!hasFired(end)) {
        if (isEarlyDue(emit, (state.early ??= newEarlyResults()), end, time)) prompts.push({ end, kind: 'early' })
      } else if (!isGone(end)) {
        const wasSent = state.hasRecord(assigner.start(end), end) || (emitEmpty && end >= state.since)
        prompts.push(wasSent ? { end, kind: 'correction' } : { end })
      }
    }
    return prompts
  }

  function wholeOf(state: Slices, start: Timestamp, end: Timestamp): Accumulators | undefined {
    if (!state.hasRecord(start, end)) return emitEmpty ? aggregation.create() : undefined
    if (assigner.isTumbling) return state.show(state.placeOf(start), whole)
    return isPrompt ? state.sum(start, end) : state.slidingSum(start, end)
  }

  function resultOf({ state, key }: Keyed<Slices>, end: Timestamp, kind?: Kind): Message | undefined {
    const start = assigner.start(end)
    const whole = wholeOf(state, start, end)
    const carried = aggregation.carries ? state.carriedTo(start) : undefined
    return whole && message(whole, key, clock.timeOf(start), clock.timeOf(end), kind, carried)
  }

  /** Drops the slices that no window needs any more: those whose last one ends by `fired`. */
  function drop(slices: Slices, fired: Timestamp): void {
    let gone = 0
    for (; gone < slices.length; gone++) {
      const last = assigner.lastEnd(slices.start(gone))
      if (last > fired || !isGone(last)) break
      held.change(-aggregation.heldPerRecord * slices.records(gone))
      if (aggregation.carries) aggregation.carry(slices.carried, slices.othersOf(gone))
    }
    if (gone > 0) slices.drop(gone)
  }

  function heldBy(slices: Slices): number {
    let records = 0
    for (let i = 0; i < slices.length; i++) records += slices.records(i)
    return records * aggregation.heldPerRecord
  }

  /** Registers a key for its next window, while the watermark is on its way to `until`. */
  function proceed(entry: Keyed<Slices>, until: Timestamp): void {
    const { state } = entry
    state.next = Infinity
    const withRecord = state.nextEnd(assigner)
    if (!emitEmpty || (until === Infinity && withRecord === Infinity)) return schedule(entry, withRecord)
    const last = until === Infinity ? withRecord : Math.min(withRecord, assigner.slice(clock.show(until)) + slide)
    const skipped = Math.max(0, Math.floor((last - state.fired) / slide) - maxEmpty)
    schedule(entry, state.fired + slide + skipped * slide)
  }

  /** The next window of a key has ended. */
  function fire(entry: Keyed<Slices>, until: Timestamp, output: Output): void {
    keys.changing(entry)
    const { state, key } = entry
    const end = state.next
    const result = resultOf(entry, end)
    if (state.fired === -Infinity) state.since = end
    state.fired = end
    state.early?.delete(end)
    drop(state, end)
    proceed(entry, until)
    if (result) output.emit(result, clock.timeOf(end) - 1, key)
  }

  const operator: Operator = {
    process({ value, time, key }, output) {
      const shown = clock.show(time)
      const start = assigner.slice(shown)
      if (time <= watermark && isGone(assigner.lastEnd(start))) return output.divert(value, time, key)
      aggregation.columns.read(value)
      held.check(aggregation.heldPerRecord)
      const entry = keys.at(key, time)
      const { state } = entry
      const prompts = isPrompt ? promptsOf(entry, start, time) : noPrompts
      const { length } = state
      state.add(state.at(start), time, arrivals++)
      if (state.length > length) registerPane(entry, start)
      held.change(aggregation.heldPerRecord)
      if (state.stack !== undefined && start < state.fired) state.stack = undefined
      for (const { end, kind } of prompts) {
        const result = resultOf(entry, end, kind)
        if (result) output.emit(result, clock.timeOf(end) - 1, key)
      }
    },
    onWatermark(next, output) {
      while (timers.isDue(next)) {
        const time = timers.next()
        watermark = time
        const due = timers.take()
        if (due.length > 1) due.sort(byNextWindow)
        let end = Infinity
        for (const entry of due) {
          if (!isDue(entry, time)) continue
          // where a clock is changed, windows of several ends are complete at one time: the first of all keys come first
          if (entry.state.next > end) timers.add(time, entry)
          else {
            end = entry.state.next
            fire(entry, next, output)
          }
        }
      }
      watermark = next
      while (expiry.isDue(next)) {
        for (const entry of expiry.take()) {
          keys.changing(entry)
          drop(entry.state, Infinity)
        }
      }
      keys.sweep(next)
    },
    flush: output => operator.onWatermark(Infinity, output),
    reset(key) {
      if (key !== undefined) return void keys.delete(key)
      keys.clear()
      timers.clear()
      expiry.clear()
      held.clear()
      watermark = -Infinity
    },
    due: () => timers.next(),
    holdings() {
      let open = 0
      for (const { state } of keys.values()) open += state.length
      return { keys: keys.size, open }
    },
    snapshot: () => ({
      watermark: finite(watermark),
      arrivals,
      keys: keys.snapshot(slices => slices.save())
    }),
    restore(snapshot) {
      const saved = snapshot as { watermark: Timestamp | null; arrivals: number; keys: unknown }
      operator.reset()
      watermark = saved.watermark ?? -Infinity
      arrivals = saved.arrivals
      keys.restore(saved.keys, slices => Slices.load(slices, assigner, aggregation))
      for (const entry of keys.values()) {
        const { state } = entry
        held.change(heldBy(state))
        // kept for a lateness that the node no longer has
        if (lateness === 0) drop(state, state.next - 1)
        for (let i = 0; lateness > 0 && i < state.length; i++) {
          expiry.add(clock.completeAt(assigner.lastEnd(state.start(i))) + lateness, entry)
        }
        if (state.next < Infinity) timers.add(clock.completeAt(state.next), entry)
      }
    }
  }
  return operator
}
