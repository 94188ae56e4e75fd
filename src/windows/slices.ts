import { finite, type Timestamp } from '../record'
import type { Accumulators, Carried, SavedAccumulators } from './accumulators'
import type { Aggregation } from './aggregation'
import type { Assigner } from './assigners'
import type { EarlyResults } from './early'
import { PaneStack } from './pane-stack'
import { Panes } from './panes'

interface Saved {
  panes: (SavedAccumulators & { start: Timestamp })[]
  next: Timestamp | null
  since: Timestamp | null
  fired: Timestamp | null
  split?: number
  carried: Carried
  early: [Timestamp, Timestamp][]
}

/** What is kept of one key: its slices of time, and how far its windows have come. */
export class Slices extends Panes {
  /** End of the window that is to fire next; Infinity: none. */
  next: Timestamp = Infinity
  /** Ends of the windows that fired first and last. */
  since: Timestamp = Infinity
  fired: Timestamp = -Infinity
  carried: Carried = []
  /** Absent as long as there was no early result. */
  early: EarlyResults | undefined = undefined
  /** The sum of the window that fired last; absent where the next one has to be put together anew. */
  stack: PaneStack | undefined = undefined

  /** Is there a record in [start, end)? */
  hasRecord(start: Timestamp, end: Timestamp): boolean {
    const i = this.placeOf(start)
    return i < this.length && this.start(i) < end
  }

  /** All records of [start, end). */
  sum(start: Timestamp, end: Timestamp): Accumulators {
    const whole = this.of.create()
    for (let i = this.placeOf(start); i < this.length && this.start(i) < end; i++) this.mergeInto(whole, i)
    return whole
  }

  /** All records of [start, end), which does not begin before the window that fired last: one merge a slice. */
  slidingSum(start: Timestamp, end: Timestamp): Accumulators {
    const from = this.stack === undefined ? start : Math.max(start, this.fired)
    this.stack ??= new PaneStack(this.of)
    this.stack.evictBefore(start)
    for (let i = this.placeOf(from); i < this.length && this.start(i) < end; i++) this.stack.push(this.pane(i))
    return this.stack.total()
  }

  /** Drops the first `count` slices, out of the sum too: what is saved is all there is. */
  override drop(count: number): void {
    super.drop(count)
    this.stack?.evictBefore(this.length > 0 ? this.start(0) : Infinity)
  }

  /** What the key carries into a window that begins at `start`. */
  carriedTo(start: Timestamp): Carried {
    const result = this.carried.slice()
    for (let i = 0; i < this.length && this.start(i) < start; i++) this.of.carry(result, this.othersOf(i))
    return result
  }

  /** End of the first window after the one that ended last that has a record; Infinity where there is none. */
  nextEnd(assigner: Assigner): Timestamp {
    for (let i = 0; i < this.length; i++) {
      const start = this.start(i)
      const end = Math.max(start, this.fired) + assigner.slide
      if (end <= assigner.lastEnd(start)) return end
    }
    return Infinity
  }

  /** As plain data. */
  save(): Saved {
    const { next, since, fired, stack, carried, early = [] } = this
    return {
      panes: this.all().map(pane => ({ start: pane.start, ...this.of.save(pane) })),
      next: finite(next),
      since: finite(since),
      fired: finite(fired),
      ...(stack && { split: stack.split }),
      carried: structuredClone(carried),
      early: [...early]
    }
  }

  /** The way back; the stack is made again with the same split. */
  static load(saved: unknown, assigner: Assigner, of: Aggregation): Slices {
    const { panes, next, since, fired, split, carried, early } = saved as Saved
    const slices = new Slices(of)
    for (const { start, ...pane } of panes) slices.put({ start, ...of.load(pane) })
    slices.next = next ?? Infinity
    slices.since = since ?? Infinity
    slices.fired = fired ?? -Infinity
    slices.carried = structuredClone(carried)
    if (early.length > 0) slices.early = new Map(early)
    if (split !== undefined) slices.stackUp(split, assigner)
    return slices
  }

  private stackUp(split: number, assigner: Assigner): void {
    const stack = new PaneStack(this.of)
    const from = assigner.start(this.fired)
    this.all()
      .filter(({ start }) => start >= from && start < this.fired)
      .forEach((pane, i) => {
        stack.push(pane)
        if (i + 1 === split) stack.flip()
      })
    this.stack = stack
  }
}
