import type { Timestamp } from '../record'
import { isEarlyDue } from './early'
import type { Horizon } from './horizon'
import type { SlicedParts } from './parts'
import type { Kind } from './result'
import type { Slices } from './slices'

/** A window whose result is sent at once with a record, before its end or after it. */
export interface Prompt {
  end: Timestamp
  kind?: Kind
}

/** Finds the windows of a record whose results are sent at once: early results, and those that late records change. */
export class Prompts {
  constructor(
    private readonly parts: SlicedParts,
    private readonly slices: Slices,
    private readonly horizon: Horizon
  ) {}

  /** Those of a record of `time` that is about to be added to the slice that begins at `start`. */
  of(slot: number, start: Timestamp, time: Timestamp): readonly Prompt[] {
    const { assigner } = this.parts
    const { slide } = assigner
    const last = assigner.lastEnd(start)
    const prompts: Prompt[] = []
    for (let end = start + slide; end <= last; end += slide) {
      if (this.horizon.hasFired(end)) {
        if (!this.horizon.isGone(end)) prompts.push(this.wasSent(slot, end) ? { end, kind: 'correction' } : { end })
      } else if (this.takeEarly(slot, end, time)) prompts.push({ end, kind: 'early' })
    }
    return prompts
  }

  /** Is an early result due? Then it counts as sent. */
  private takeEarly(slot: number, end: Timestamp, time: Timestamp): boolean {
    const { early } = this.slices
    const sent = (early[slot] ??= new Map<Timestamp, Timestamp>())
    if (!isEarlyDue(this.parts.emit, sent.get(end), time)) return false
    sent.set(end, time)
    return true
  }

  /** Had the window a result when it fired? */
  private wasSent(slot: number, end: Timestamp): boolean {
    const { parts, slices } = this
    return slices.hasRecord(slot, parts.assigner.start(end), end) || (parts.emitEmpty && end >= slices.since[slot])
  }
}
