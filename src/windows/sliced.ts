import type { Operator, Output } from '../operator'
import { finite, type Message, type Timestamp } from '../record'
import { KeyedState } from '../state/keyed'
import type { WindowClock } from '../time/window-clock'
import type { Accumulators } from './accumulators'
import type { Assigner } from './assigners'
import { isEarlyDue } from './early'
import type { WindowParts } from './parts'
import type { Kind } from './result'
import { Slices } from './slices'

/** At most so many empty windows of a key in one step of the watermark: the newest. */
const maxEmpty = 1000

interface SlicedParts extends WindowParts {
  assigner: Assigner
  clock: WindowClock
  /** A key has windows without records, too. */
  emitEmpty: boolean
}

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
export function slicedWindow(parts: SlicedParts): Operator {
  const { assigner, clock, emitEmpty, aggregation, limits, held, message, lateness, emit } = parts
  const { slide } = assigner
  const slices = new Slices(aggregation)
  /** The state of a key is its slot, by which `slices` has the rest. */
  const keys = new KeyedState<number>(
    limits,
    slot => {
      slices.open(slot)
      return slot
    },
    slot => {
      drop(slot, Infinity)
      return slices.first(slot) !== 0
    },
    slot => {
      held.change(-heldBy(slot))
      while (slices.first(slot) !== 0) slices.drop(slot)
    }
  )
  /** The times of keys are ends of windows, as the clock shows them: there windows of two ends never come together. */
  const { timers } = keys
  /** Results are wanted record by record, in no order of windows. */
  const isPrompt = lateness > 0 || emit.when !== 'final'
  /** A tumbling window that is being read. */
  const whole = aggregation.create()
  let watermark: Timestamp = -Infinity
  let arrivals = 0

  const heldBy = (slot: number): number =>
    aggregation.heldPerRecord === 0 ? 0 : aggregation.heldPerRecord * slices.recordsOf(slot)
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

  function schedule(slot: number, end: Timestamp): void {
    if (end < slices.next[slot]) slices.next[slot] = end
    timers.add(slot, end)
  }

  /** With lateness, the oldest slice of a key is to be dropped some time after its last window has fired. */
  function scheduleDrop(slot: number, after: Timestamp): void {
    const row = slices.first(slot)
    if (lateness > 0 && row !== 0) timers.add(slot, Math.max(assigner.lastEnd(slices.timeOf(row)) + lateness, after))
  }

  /** A slice was made: its first open window is to fire, and in the end it is to be dropped. */
  function registerSlice(slot: number, start: Timestamp): void {
    const open = firstOpenEnd(start)
    if (emitEmpty || open <= assigner.lastEnd(start)) schedule(slot, open)
    scheduleDrop(slot, -Infinity)
  }

  /** The windows of a record that is about to be added that call for a result at once. */
  function promptsOf(slot: number, start: Timestamp, time: Timestamp): Prompt[] {
    const prompts: Prompt[] = []
    const last = assigner.lastEnd(start)
    for (let end = start + slide; end <= last; end += slide) {
      if (!hasFired(end)) {
        const early = (slices.early[slot] ??= new Map<Timestamp, Timestamp>())
        if (!isEarlyDue(emit, early.get(end), time)) continue
        early.set(end, time)
        prompts.push({ end, kind: 'early' })
      } else if (!isGone(end)) {
        const wasSent = slices.hasRecord(slot, assigner.start(end), end) || (emitEmpty && end >= slices.since[slot])
        prompts.push(wasSent ? { end, kind: 'correction' } : { end })
      }
    }
    return prompts
  }

  function wholeOf(slot: number, start: Timestamp, end: Timestamp): Accumulators | undefined {
    const row = slices.from(slices.first(slot), start)
    if (slices.timeOf(row) >= end) return emitEmpty ? aggregation.create() : undefined
    if (assigner.isTumbling) return slices.show(row, whole)
    return isPrompt ? slices.sum(slot, start, end) : slices.slidingSum(slot, start, end)
  }

  function resultOf(slot: number, end: Timestamp, kind?: Kind): Message | undefined {
    const start = assigner.start(end)
    const whole = wholeOf(slot, start, end)
    const carried = aggregation.carries ? slices.carriedTo(slot, start) : undefined
    return whole && message(whole, keys.in(slot).key, clock.timeOf(start), clock.timeOf(end), kind, carried)
  }

  /** Drops the slices of a key that no window needs any more: those whose last one ends by `fired`. */
  function drop(slot: number, fired: Timestamp): void {
    for (let row; (row = slices.first(slot)) !== 0; slices.drop(slot)) {
      const last = assigner.lastEnd(slices.timeOf(row))
      if (last > fired || !isGone(last)) return
      held.change(-aggregation.heldPerRecord * slices.records(row))
    }
  }

  /** Registers a key for its next window, while the watermark is on its way to `until`. */
  function proceed(slot: number, until: Timestamp): void {
    slices.next[slot] = Infinity
    const withRecord = slices.nextEnd(slot, assigner)
    if (!emitEmpty || (until === Infinity && withRecord === Infinity)) return schedule(slot, withRecord)
    const fired = slices.fired[slot]
    const lastEmpty = Math.min(
      withRecord - slide,
      until === Infinity ? Infinity : assigner.slice(clock.show(until) + 1)
    )
    const skipped = Math.max(0, Math.floor((lastEmpty - fired) / slide) - maxEmpty)
    schedule(slot, fired + slide + skipped * slide)
  }

  /** The next window of a key has ended. */
  function fire(slot: number, until: Timestamp, output: Output): void {
    const end = slices.next[slot]
    const result = resultOf(slot, end)
    if (slices.fired[slot] === -Infinity) slices.since[slot] = end
    slices.fired[slot] = end
    slices.early[slot]?.delete(end)
    drop(slot, end)
    proceed(slot, until)
    scheduleDrop(slot, end + slide)
    if (result) output.emit(result, clock.timeOf(end) - 1, keys.in(slot).key)
  }

  const operator: Operator = {
    process({ value, time, key }, output) {
      const start = assigner.slice(clock.show(time))
      if (time <= watermark && isGone(assigner.lastEnd(start))) return output.divert(value, time, key)
      aggregation.columns.read(value)
      held.check(aggregation.heldPerRecord)
      const slot = keys.slotAt(key, time)
      const prompts = isPrompt ? promptsOf(slot, start, time) : noPrompts
      const { size } = slices
      slices.add(slices.at(slot, start), time, arrivals++)
      if (slices.size > size) registerSlice(slot, start)
      held.change(aggregation.heldPerRecord)
      if (start < slices.fired[slot]) slices.stack[slot] = undefined
      for (const { end, kind } of prompts) {
        const result = resultOf(slot, end, kind)
        if (result) output.emit(result, clock.timeOf(end) - 1, key)
      }
    },
    onWatermark(next, output) {
      while (timers.next() < Infinity && clock.completeAt(timers.next()) <= next) {
        const slot = timers.take(timers.next())
        if (slot === undefined) continue
        watermark = clock.completeAt(timers.now)
        keys.changing(keys.in(slot))
        if (slices.next[slot] === timers.now) fire(slot, next, output)
        else {
          drop(slot, Infinity)
          schedule(slot, slices.next[slot])
          scheduleDrop(slot, timers.now + slide)
        }
      }
      watermark = next
      keys.sweep(next)
    },
    flush: output => operator.onWatermark(Infinity, output),
    reset(key) {
      if (key !== undefined) return keys.delete(key)
      keys.clear()
      slices.clear()
      held.clear()
      watermark = -Infinity
    },
    due: () => (timers.next() < Infinity ? clock.completeAt(timers.next()) : Infinity),
    holdings: () => ({ keys: keys.size, open: slices.size }),
    snapshot: () => ({ watermark: finite(watermark), arrivals, keys: keys.snapshot(slot => slices.save(slot)) }),
    restore(snapshot) {
      const saved = snapshot as { watermark: Timestamp | null; arrivals: number; keys: unknown }
      operator.reset()
      watermark = saved.watermark ?? -Infinity
      arrivals = saved.arrivals
      keys.restore(saved.keys, watermark, (state, slot) => {
        slices.load(slot, state, assigner)
        return slot
      })
      for (const { slot } of keys.values()) {
        held.change(heldBy(slot))
        // kept for a lateness that the node no longer has
        if (lateness === 0) drop(slot, slices.next[slot] - 1)
        schedule(slot, slices.next[slot])
        scheduleDrop(slot, -Infinity)
      }
    }
  }
  return operator
}
