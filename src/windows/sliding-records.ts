import type { Timestamp } from '../record'
import type { Accumulators, Carried, SavedAccumulators } from './accumulators'
import type { Aggregation } from './aggregation'
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
export class SlidingRecords {
  /** What results ask for of the time before the oldest record. */
  carried: Carried = []
  private readonly ring: RecordRing
  private readonly stacks: TwoStacks

  /** `of`: what is aggregated; what it read last is what `push` and `insert` take. */
  constructor(private readonly of: Aggregation) {
    this.ring = new RecordRing(of)
    this.stacks = new TwoStacks(of, this.ring)
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
    this.stacks.enter(this.length - 1)
  }

  /** Adds the record that was read last before all that are younger. */
  insert(time: Timestamp, arrival: number): void {
    const { ring, stacks } = this
    if (this.length === 0 || this.newest <= time) return this.push(time, arrival)
    const i = ring.insert(time, arrival)
    stacks.enter(i)
    if (i < stacks.front) stacks.mend(this.length)
  }

  /** Takes out the oldest record; there must be one. */
  evict(): void {
    if (this.of.carries) this.carry()
    this.stacks.leave(this.length)
    this.ring.shift()
  }

  private carry(): void {
    const { carried, of, ring } = this
    const alone = of.create()
    ring.recall(0)
    of.add(alone, ring.time(0), ring.arrival(0))
    of.carry(carried, alone.others)
  }

  /** The aggregates of all records: to be read at once and not to be changed. */
  total(): Accumulators {
    return this.stacks.total()
  }

  /** The state as plain data; it continues with the very same roundings. */
  snapshot(): SavedRecords {
    const { front, back } = this.stacks
    return {
      window: { ...this.ring.snapshot(), front, back: this.of.save(back) },
      carried: structuredClone(this.carried)
    }
  }

  /** Goes on from a snapshot; nothing has entered yet. */
  restore(saved: SavedRecords): void {
    const { ring, stacks } = this
    const { window, carried } = structuredClone(saved)
    const { front, back, ...records } = window
    this.carried = carried
    ring.restore(records, i => stacks.enter(i))
    stacks.flip(front)
    stacks.back = this.of.load(back)
  }
}
