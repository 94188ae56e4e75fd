import type { Holdings, Operator, Output } from '../operator'
import type { Key, Message, StreamRecord, Timestamp } from '../record'
import { KeyedState } from '../state/keyed'
import type { Accumulators } from './accumulators'
import { Horizon } from './horizon'
import type { SlicedParts } from './parts'
import { type Prompt, Prompts } from './prompts'
import type { Kind } from './result'
import { SliceSchedule } from './slice-schedule'
import { Slices } from './slices'

const noPrompts: readonly Prompt[] = []

/**
 * Tumbling, hopping and cumulative windows. A record goes into one slice of time; a window is put together from its
 * slices when it fires. A key is registered for its earliest window only, so an advancing watermark costs what is due.
 * A class, where other operators are closures, for speed: V8 optimises a closure for its own variables, and has to begin
 * again with the next one of the same code.
 */
export class SlicedWindow implements Operator {
  private readonly slices: Slices
  /** The state of a key is its slot, by which `slices` has the rest. */
  private readonly keys: KeyedState<number>
  /** Results are also sent record by record, of windows in any order. */
  private readonly isPrompt: boolean
  private readonly horizon: Horizon
  private readonly schedule: SliceSchedule
  private readonly prompts: Prompts

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
    this.schedule = new SliceSchedule(parts, this.slices, this.horizon, this.keys.timers)
    this.prompts = new Prompts(parts, this.slices, this.horizon)
    this.isPrompt = lateness > 0 || emit.when !== 'final'
  }

  process({ value, time, key }: StreamRecord, output: Output): void {
    const { horizon, slices, keys } = this
    const { assigner, clock, aggregation, held } = this.parts
    const start = assigner.slice(clock.show(time))
    if (time <= keys.watermark && horizon.isGone(assigner.lastEnd(start))) return output.divert(value, time, key)
    aggregation.columns.read(value)
    held.check(aggregation.others.heldPerRecord)
    const slot = keys.slotAt(key, time)
    const prompts = this.isPrompt ? this.prompts.of(slot, start, time) : noPrompts
    const { size } = slices
    slices.add(slices.at(slot, start), time, keys.arrivals++)
    if (slices.size > size) this.schedule.add(slot, start)
    held.change(aggregation.others.heldPerRecord)
    if (start < slices.fired[slot]) slices.stack[slot] = undefined
    for (const { end, kind } of prompts) {
      const result = this.resultOf(slot, end, kind)
      if (result) output.emit(result, clock.timeOf(end) - 1, key)
    }
  }

  onWatermark(next: Timestamp, output: Output): void {
    const { keys, slices, schedule, parts } = this
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
        schedule.resume(slot, timers.now + assigner.slide)
      }
    }
    keys.advance(next)
  }

  /** The next window of a key has ended. */
  private fire(slot: number, until: Timestamp, output: Output): void {
    const { slices, keys, schedule, parts } = this
    const { clock } = parts
    const end = slices.next[slot]
    const result = this.resultOf(slot, end)
    if (slices.fired[slot] === -Infinity) slices.since[slot] = end
    slices.fired[slot] = end
    slices.early[slot]?.delete(end)
    this.drop(slot, end)
    schedule.proceed(slot, until)
    if (result) output.emit(result, clock.timeOf(end) - 1, keys.in(slot).key)
  }

  private resultOf(slot: number, end: Timestamp, kind?: Kind): Message | undefined {
    const { slices, keys } = this
    const { aggregation, assigner, clock, message } = this.parts
    const start = assigner.start(end)
    const whole = this.wholeOf(slot, start, end)
    const carried = aggregation.others.carries ? slices.carriedTo(slot, start) : undefined
    return whole && message(whole, keys.in(slot).key, clock.timeOf(start), clock.timeOf(end), kind, carried)
  }

  private wholeOf(slot: number, start: Timestamp, end: Timestamp): Accumulators | undefined {
    const { slices, isPrompt } = this
    const { aggregation, assigner, emitEmpty } = this.parts
    const row = slices.from(slices.first(slot), start)
    if (slices.timeOf(row) >= end) return emitEmpty ? aggregation.create() : undefined
    if (assigner.isTumbling) return slices.show(row)
    return isPrompt ? slices.sum(slot, start, end) : slices.slidingSum(slot, start, end)
  }

  /** Drops the slices of a key that no window needs any more: those whose last one ends by `fired`. */
  private drop(slot: number, fired: Timestamp): void {
    const { slices } = this
    const { aggregation, assigner, held } = this.parts
    for (let row; (row = slices.first(slot)) !== 0; slices.drop(slot)) {
      const last = assigner.lastEnd(slices.timeOf(row))
      if (last > fired || !this.horizon.isGone(last)) return
      held.change(-aggregation.others.heldPerRecord * slices.records(row))
    }
  }

  private letGo(slot: number): void {
    const { slices, parts } = this
    parts.held.change(-this.heldBy(slot))
    while (slices.first(slot) !== 0) slices.drop(slot)
  }

  private heldBy(slot: number): number {
    const { heldPerRecord } = this.parts.aggregation.others
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
    const { keys, slices, schedule } = this
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
      schedule.resume(slot, -Infinity)
    }
  }
}
