import type { Cells } from '../aggregates/accumulators/cells'
import type { Timestamp } from '../record'
import type { SavedAccumulators } from './accumulators'
import type { Aggregation } from './aggregation'
import { type Carried, noOthers } from './others'
import { RecordRing, type SavedRing } from './record-ring'
import { TwoStacks } from './two-stacks'

/** The records, and the accumulator of the new ones. */
interface SavedWindow extends SavedRing {
  /** How many of the records, the oldest, are in the stack of the old. */
  front: number
  back: SavedAccumulators
}

/** Plain data. */
export interface SavedRecords {
  window: SavedWindow
  carried: Carried
}

/** Records that enter and leave as a queue, and the aggregates of all that are in it. */
export class SlidingRecords extends TwoStacks {
  /** What results ask for of the time before the oldest record. */
  carried: Carried = []
  private readonly ring: RecordRing

  /** `of`: what is aggregated; what it read last is what `push` and `insert` take. */
  constructor(of: Aggregation) {
    super(of)
    this.ring = new RecordRing(of)
  }

  get length(): number {
    return this.ring.length
  }

  /** Event time of the oldest record; there must be one. */
  get oldest(): Timestamp {
    return this.ring.time(0)
  }

  /** Event time of the record that entered last; there must be one. */
  get newest(): Timestamp {
    return this.ring.time(this.ring.length - 1)
  }

  /** How many records are older than `time`. */
  countBefore(time: Timestamp): number {
    let count = 0
    while (count < this.ring.length && this.ring.time(count) < time) count++
    return count
  }

  /** Adds the record that was read last as the newest. */
  push(time: Timestamp, arrival: number): void {
    this.ring.push(time, arrival)
    this.of.addCells(this.back, 0)
    this.others?.enter(this.ring.length - 1)
  }

  /** Adds the record that was read last before all that are younger. */
  insert(time: Timestamp, arrival: number): void {
    if (this.length === 0 || this.newest <= time) return this.push(time, arrival)
    const i = this.ring.insert(time, arrival)
    this.enter(i)
    if (i < this.front) this.mend()
  }

  /** Takes out the oldest record; there must be one. */
  evict(): void {
    if (this.of.others.carries) this.carry()
    this.leave()
    this.ring.shift()
  }

  private carry(): void {
    const { carried, of, ring } = this
    const alone = of.create()
    ring.recall(0)
    of.add(alone, ring.time(0), ring.arrival(0))
    of.others.carry(carried, alone.others)
  }

  protected addCells(i: number, cells: Cells, at: number): void {
    this.ring.recall(i)
    this.of.addCells(cells, at)
  }

  addOthers(i: number, others: unknown[], which: readonly number[]): void {
    const { ring, of } = this
    ring.recall(i)
    of.others.add(others, ring.time(i), ring.arrival(i), which)
  }

  removeOthers(i: number, others: unknown[]): void {
    const { ring, of } = this
    ring.recall(i)
    of.others.remove(others, ring.time(i), ring.arrival(i))
  }

  /** The state as plain data; it continues with the very same roundings. */
  snapshot(): SavedRecords {
    const { ring, of, front, carried } = this
    const back = of.save({ cells: this.back, others: this.others?.back ?? noOthers })
    return { window: { ...ring.snapshot(), front, back }, carried: structuredClone(carried) }
  }

  /** Goes on from a snapshot; nothing has entered yet. */
  restore(saved: SavedRecords): void {
    const { window, carried } = structuredClone(saved)
    const { front, back, ...records } = window
    this.carried = carried
    this.ring.restore(records, i => this.enter(i))
    this.flip(front)
    const { cells, others } = this.of.load(back)
    this.back = cells
    if (this.others !== undefined) this.others.back = others
  }
}
