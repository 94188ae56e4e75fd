import type { Timestamp } from '../record'
import type { Timers } from '../state/timers'
import type { Horizon } from './horizon'
import type { SlicedParts } from './parts'
import type { Slices } from './slices'

/** At most so many empty windows of a key in one step of the watermark: the newest. */
const maxEmpty = 1000

/**
 * When a key is looked at: when its next window ends, and when its oldest slice is to be dropped. Its times are ends of
 * windows, as their clock shows them: there windows of two ends never come together.
 */
export class SliceSchedule {
  constructor(
    private readonly parts: SlicedParts,
    private readonly slices: Slices,
    private readonly horizon: Horizon,
    private readonly timers: Timers
  ) {}

  /** A slice was made: its first open window is to fire, and in the end it is to be dropped. */
  add(slot: number, start: Timestamp): void {
    const { assigner, emitEmpty } = this.parts
    const open = this.horizon.firstOpenEnd(start)
    if (emitEmpty || open <= assigner.lastEnd(start)) this.fireAt(slot, open)
    this.dropAfter(slot, -Infinity)
  }

  /** A window of a key has fired: the next one is to, while the watermark is on its way to `until`. */
  proceed(slot: number, until: Timestamp): void {
    const { slices } = this
    const { assigner, clock, emitEmpty } = this.parts
    const { slide } = assigner
    const fired = slices.fired[slot]
    slices.next[slot] = Infinity
    this.dropAfter(slot, fired + slide)
    const withRecord = slices.nextEnd(slot, assigner)
    if (!emitEmpty || (until === Infinity && withRecord === Infinity)) return this.fireAt(slot, withRecord)
    const lastEmpty = Math.min(
      withRecord - slide,
      until === Infinity ? Infinity : assigner.slice(clock.show(until) + 1)
    )
    const skipped = Math.max(0, Math.floor((lastEmpty - fired) / slide) - maxEmpty)
    this.fireAt(slot, fired + slide + skipped * slide)
  }

  /** The key is as it was: its window still is to fire, and its oldest slice to be dropped, at `after` or later. */
  resume(slot: number, after: Timestamp): void {
    this.fireAt(slot, this.slices.next[slot])
    this.dropAfter(slot, after)
  }

  /** The window of a key that ends at `end` is to fire, if none before it is. */
  private fireAt(slot: number, end: Timestamp): void {
    const { slices, timers } = this
    if (end < slices.next[slot]) slices.next[slot] = end
    timers.add(slot, end)
  }

  /** With lateness, the oldest slice of a key is to be dropped some time after its last window has fired, at `after` or later. */
  private dropAfter(slot: number, after: Timestamp): void {
    const { slices, timers } = this
    const { lateness, assigner } = this.parts
    if (lateness === 0) return
    const row = slices.first(slot)
    if (row !== 0) timers.add(slot, Math.max(assigner.lastEnd(slices.timeOf(row)) + lateness, after))
  }
}
