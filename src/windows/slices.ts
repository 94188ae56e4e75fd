import { finite, type Timestamp } from '../record'
import type { Accumulators, SavedAccumulators } from './accumulators'
import type { Assigner } from './assigners'
import type { Carried } from './others'
import { PaneStack } from './pane-stack'
import { SliceTable } from './slice-table'

interface Saved {
  panes: (SavedAccumulators & { start: Timestamp })[]
  next: Timestamp | null
  since: Timestamp | null
  fired: Timestamp | null
  split?: number
  carried: Carried
  early: [Timestamp, Timestamp][]
}

/** The slices of time of all keys, and how far the windows of each have come; all by the slot of the key. */
export class Slices extends SliceTable {
  /** End of the window that is to fire next; Infinity: none. */
  readonly next: Timestamp[] = []
  /** Ends of the windows that fired first and last. */
  readonly since: Timestamp[] = []
  readonly fired: Timestamp[] = []
  /** What is carried into the next window; absent: nothing. */
  readonly carried: (Carried | undefined)[] = []
  /** By the ends of open windows, the event time of the last early result; absent as long as there was none. */
  readonly early: (Map<Timestamp, Timestamp> | undefined)[] = []
  /** The sum of the window that fired last; absent where the next one has to be put together anew. */
  readonly stack: (PaneStack | undefined)[] = []

  override open(slot: number): void {
    super.open(slot)
    this.next[slot] = this.since[slot] = Infinity
    this.fired[slot] = -Infinity
    this.carried[slot] = this.early[slot] = this.stack[slot] = undefined
  }

  override clear(): void {
    super.clear()
    for (const column of [this.next, this.since, this.fired, this.carried, this.early, this.stack]) column.length = 0
  }

  /** Is there a record in [start, end)? */
  hasRecord(slot: number, start: Timestamp, end: Timestamp): boolean {
    return this.timeOf(this.from(this.first(slot), start)) < end
  }

  /** All records of [start, end). */
  sum(slot: number, start: Timestamp, end: Timestamp): Accumulators {
    const whole = this.of.create()
    for (let row = this.from(this.first(slot), start); this.timeOf(row) < end; row = this.after(row)) {
      this.mergeInto(whole, row)
    }
    return whole
  }

  /** All records of [start, end), which does not begin before the window that fired last: one merge a slice. */
  slidingSum(slot: number, start: Timestamp, end: Timestamp): Accumulators {
    const known = this.stack[slot]
    const stack = known ?? (this.stack[slot] = new PaneStack(this.of, this))
    stack.evictBefore(start)
    const from = known === undefined ? start : Math.max(start, this.fired[slot])
    for (let row = this.from(this.first(slot), from); this.timeOf(row) < end; row = this.after(row)) stack.push(row)
    return stack.total()
  }

  /** Drops the first slice of a key, out of the sum too: what is saved is all there is. */
  override drop(slot: number): void {
    const { of } = this
    const row = this.first(slot)
    if (of.others.carries) of.others.carry((this.carried[slot] ??= []), this.othersOf(row))
    this.stack[slot]?.evictBefore(this.timeOf(this.after(row)))
    super.drop(slot)
  }

  /** What the key carries into a window that begins at `start`. */
  carriedTo(slot: number, start: Timestamp): Carried {
    const result = [...(this.carried[slot] ?? [])]
    for (let row = this.first(slot); this.timeOf(row) < start; row = this.after(row)) {
      this.of.others.carry(result, this.othersOf(row))
    }
    return result
  }

  /** How many records a key has in its slices. */
  recordsOf(slot: number): number {
    let records = 0
    for (let row = this.first(slot); row !== 0; row = this.after(row)) records += this.records(row)
    return records
  }

  /** End of the first window after the one that ended last that has a record; Infinity where there is none. */
  nextEnd(slot: number, assigner: Assigner): Timestamp {
    for (let row = this.first(slot); row !== 0; row = this.after(row)) {
      const start = this.timeOf(row)
      const end = Math.max(start, this.fired[slot]) + assigner.slide
      if (end <= assigner.lastEnd(start)) return end
    }
    return Infinity
  }

  /** A key as plain data. */
  save(slot: number): Saved {
    const { next, since, fired, stack, carried, early } = this
    const panes: Saved['panes'] = []
    for (let row = this.first(slot); row !== 0; row = this.after(row)) {
      panes.push({ start: this.timeOf(row), ...this.of.save(this.show(row)) })
    }
    return {
      panes,
      next: finite(next[slot]),
      since: finite(since[slot]),
      fired: finite(fired[slot]),
      ...(stack[slot] && { split: stack[slot].front }),
      carried: structuredClone(carried[slot] ?? []),
      early: [...(early[slot] ?? [])]
    }
  }

  /** The way back, into a slot; the stack is made again with the same split. */
  load(slot: number, saved: unknown, assigner: Assigner): void {
    const { panes, next, since, fired, split, carried, early } = saved as Saved
    this.open(slot)
    for (const { start, ...pane } of panes) this.put(this.at(slot, start), this.of.load(pane))
    this.next[slot] = next ?? Infinity
    this.since[slot] = since ?? Infinity
    this.fired[slot] = fired ?? -Infinity
    if (carried.length > 0) this.carried[slot] = structuredClone(carried)
    if (early.length > 0) this.early[slot] = new Map(early)
    if (split !== undefined) this.stackUp(slot, split, assigner)
  }

  private stackUp(slot: number, split: number, assigner: Assigner): void {
    const stack = new PaneStack(this.of, this)
    const fired = this.fired[slot]
    let row = this.from(this.first(slot), assigner.start(fired))
    for (let count = 1; this.timeOf(row) < fired; count++, row = this.after(row)) {
      stack.push(row)
      if (count === split) stack.flip()
    }
    this.stack[slot] = stack
  }
}
