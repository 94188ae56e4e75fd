import type { Holdings, Operator, Output } from '../operator'
import type { Key, Message, StreamRecord, Timestamp } from '../record'
import { KeyedState } from '../state/keyed'
import type { WindowClock } from '../time/window-clock'
import type { Accumulators } from './accumulators'
import type { Assigner } from './assigners'
import { isEarlyDue } from './early'
import { Horizon } from './horizon'
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
export class SlicedWindow implements Operator {
  private readonly slices: Slices
  /** The state of a key is its slot, by which `slices` has the rest. */
  private readonly keys: KeyedState<number>
  /** Results are wanted record by record, in no order of windows. */
  private readonly isPrompt: boolean
  /** A tumbling window that is being read. */
  private readonly whole: Accumulators
  private readonly horizon: Horizon

  constructor(private readonly parts: SlicedParts) {
    const { aggregation, limits, lateness, emit } = parts
    this.slices = new Slices(aggregation)
    this.keys = new KeyedState<number>({
      limits,
      create: slot => {
        this.slices.open(slot)
        return slot
      },
      isBusy: slot => {
        this.drop(slot, Infinity)
        return this.slices.first(slot) !== 0
      },
      onGone: slot => this.letGo(slot)
    })
    this.horizon = new Horizon(parts, this.keys)
    this.isPrompt = lateness > 0 || emit.when !== 'final'
    this.whole = aggregation.create()
  }

  process({ value, time, key }: StreamRecord, output: Output): void {
    const { horizon, slices, keys } = this
    const { assigner, clock, aggregation, held } = this.parts
    const start = assigner.slice(clock.show(time))
    if (time <= keys.watermark && horizon.isGone(assigner.lastEnd(start))) return output.divert(value, time, key)
    aggregation.columns.read(value)
    held.check(aggregation.heldPerRecord)
    const slot = keys.slotAt(key, time)
    const prompts = this.isPrompt ? this.promptsOf(slot, start, time) : noPrompts
    const { size } = slices
    slices.add(slices.at(slot, start), time, keys.arrivals++)
    if (slices.size > size) this.registerSlice(slot, start)
    held.change(aggregation.heldPerRecord)
    if (start < slices.fired[slot]) slices.stack[slot] = undefined
    for (const { end, kind } of prompts) {
      const result = this.resultOf(slot, end, kind)
      if (result) output.emit(result, clock.timeOf(end) - 1, key)
    }
  }

  onWatermark(next: Timestamp, output: Output): void {
    const { keys, slices, parts } = this
    // the times of keys are ends of windows, as the clock shows them: there windows of two ends never come together
    const { timers } = keys
    const { clock, assigner } = parts
    while (timers.next() < Infinity && clock.completeAt(timers.next()) <= next) {
      const slot = timers.take(timers.next())
      if (slot === undefined) continue
      keys.watermark = clock.completeAt(timers.now)
      keys.changing(keys.in(slot))
      if (slices.next[slot] === timers.now) this.fire(slot, next, output)
      else {
        this.drop(slot, Infinity)
        this.schedule(slot, slices.next[slot])
        this.scheduleDrop(slot, timers.now + assigner.slide)
      }
    }
    keys.advance(next)
  }

  /** The next window of a key has ended. */
  private fire(slot: number, until: Timestamp, output: Output): void {
    const { slices, keys, parts } = this
    const { assigner, clock } = parts
    const end = slices.next[slot]
    const result = this.resultOf(slot, end)
    if (slices.fired[slot] === -Infinity) slices.since[slot] = end
    slices.fired[slot] = end
    slices.early[slot]?.delete(end)
    this.drop(slot, end)
    this.proceed(slot, until)
    this.scheduleDrop(slot, end + assigner.slide)
    if (result) output.emit(result, clock.timeOf(end) - 1, keys.in(slot).key)
  }

  private schedule(slot: number, end: Timestamp): void {
    const { slices, keys } = this
    if (end < slices.next[slot]) slices.next[slot] = end
    keys.timers.add(slot, end)
  }

  /** With lateness, the oldest slice of a key is to be dropped some time after its last window has fired. */
  private scheduleDrop(slot: number, after: Timestamp): void {
    const { slices, keys } = this
    const { lateness, assigner } = this.parts
    if (lateness === 0) return
    const row = slices.first(slot)
    if (row !== 0) keys.timers.add(slot, Math.max(assigner.lastEnd(slices.timeOf(row)) + lateness, after))
  }

  /** A slice was made: its first open window is to fire, and in the end it is to be dropped. */
  private registerSlice(slot: number, start: Timestamp): void {
    const { assigner, emitEmpty } = this.parts
    const open = this.horizon.firstOpenEnd(start)
    if (emitEmpty || open <= assigner.lastEnd(start)) this.schedule(slot, open)
    this.scheduleDrop(slot, -Infinity)
  }

  /** Registers a key for its next window, while the watermark is on its way to `until`. */
  private proceed(slot: number, until: Timestamp): void {
    const { slices } = this
    const { assigner, clock, emitEmpty } = this.parts
    const { slide } = assigner
    slices.next[slot] = Infinity
    const withRecord = slices.nextEnd(slot, assigner)
    if (!emitEmpty || (until === Infinity && withRecord === Infinity)) return this.schedule(slot, withRecord)
    const fired = slices.fired[slot]
    const lastEmpty = Math.min(
      withRecord - slide,
      until === Infinity ? Infinity : assigner.slice(clock.show(until) + 1)
    )
    const skipped = Math.max(0, Math.floor((lastEmpty - fired) / slide) - maxEmpty)
    this.schedule(slot, fired + slide + skipped * slide)
  }

  /** The windows of a record that is about to be added that call for a result at once. */
  private promptsOf(slot: number, start: Timestamp, time: Timestamp): Prompt[] {
    const { slices, horizon } = this
    const { assigner, emit, emitEmpty } = this.parts
    const { slide } = assigner
    const prompts: Prompt[] = []
    const last = assigner.lastEnd(start)
    for (let end = start + slide; end <= last; end += slide) {
      if (!horizon.hasFired(end)) {
        const early = (slices.early[slot] ??= new Map<Timestamp, Timestamp>())
        if (!isEarlyDue(emit, early.get(end), time)) continue
        early.set(end, time)
        prompts.push({ end, kind: 'early' })
      } else if (!horizon.isGone(end)) {
        const wasSent = slices.hasRecord(slot, assigner.start(end), end) || (emitEmpty && end >= slices.since[slot])
        prompts.push(wasSent ? { end, kind: 'correction' } : { end })
      }
    }
    return prompts
  }

  private resultOf(slot: number, end: Timestamp, kind?: Kind): Message | undefined {
    const { slices, keys } = this
    const { aggregation, assigner, clock, message } = this.parts
    const start = assigner.start(end)
    const whole = this.wholeOf(slot, start, end)
    const carried = aggregation.carries ? slices.carriedTo(slot, start) : undefined
    return whole && message(whole, keys.in(slot).key, clock.timeOf(start), clock.timeOf(end), kind, carried)
  }

  private wholeOf(slot: number, start: Timestamp, end: Timestamp): Accumulators | undefined {
    const { slices, whole, isPrompt } = this
    const { aggregation, assigner, emitEmpty } = this.parts
    const row = slices.from(slices.first(slot), start)
    if (slices.timeOf(row) >= end) return emitEmpty ? aggregation.create() : undefined
    if (assigner.isTumbling) return slices.show(row, whole)
    return isPrompt ? slices.sum(slot, start, end) : slices.slidingSum(slot, start, end)
  }

  /** Drops the slices of a key that no window needs any more: those whose last one ends by `fired`. */
  private drop(slot: number, fired: Timestamp): void {
    const { slices } = this
    const { aggregation, assigner, held } = this.parts
    for (let row; (row = slices.first(slot)) !== 0; slices.drop(slot)) {
      const last = assigner.lastEnd(slices.timeOf(row))
      if (last > fired || !this.horizon.isGone(last)) return
      held.change(-aggregation.heldPerRecord * slices.records(row))
    }
  }

  private letGo(slot: number): void {
    const { slices, parts } = this
    parts.held.change(-this.heldBy(slot))
    while (slices.first(slot) !== 0) slices.drop(slot)
  }

  private heldBy(slot: number): number {
    const { heldPerRecord } = this.parts.aggregation
    return heldPerRecord === 0 ? 0 : heldPerRecord * this.slices.recordsOf(slot)
  }

  flush(output: Output): void {
    this.onWatermark(Infinity, output)
  }

  reset(key?: Key): void {
    const { keys, slices, parts } = this
    if (key !== undefined) return keys.delete(key)
    keys.clear()
    slices.clear()
    parts.held.clear()
  }

  due(): Timestamp {
    const next = this.keys.timers.next()
    return next < Infinity ? this.parts.clock.completeAt(next) : Infinity
  }

  holdings(): Holdings {
    return { keys: this.keys.size, open: this.slices.size }
  }

  snapshot(): unknown {
    return this.keys.snapshot(slot => this.slices.save(slot))
  }

  restore(snapshot: unknown): void {
    const { keys, slices } = this
    const { assigner, held, lateness } = this.parts
    this.reset()
    keys.restore(snapshot, (state, slot) => {
      slices.load(slot, state, assigner)
      return slot
    })
    for (const { slot } of keys.values()) {
      held.change(this.heldBy(slot))
      // kept for a lateness that the node no longer has
      if (lateness === 0) this.drop(slot, slices.next[slot] - 1)
      this.schedule(slot, slices.next[slot])
      this.scheduleDrop(slot, -Infinity)
    }
  }
}
