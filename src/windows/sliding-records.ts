import { type Cells, newCells } from '../aggregates/accumulators/cells'
import type { Timestamp } from '../record'
import type { Accumulators, Carried, SavedAccumulators } from './accumulators'
import type { Aggregation } from './aggregation'
import { RecordRing, type SavedRing } from './record-ring'

/** Plain data: the records, and the accumulator of the new ones. */
export interface SavedRecords extends SavedRing {
  /** How many of the records, the oldest, are in the stack of the old. */
  front: number
  back: SavedAccumulators
}

/**
 * Records that enter and leave as a queue, and the aggregates of all that are in it, in amortised constant time and
 * without ever subtracting: new records go into one accumulator (`back`), old ones leave from a stack of aggregates of
 * "this and all that came later" (`front`).
 * Multisets are the exception: what leaves them leaves no trace, so one accumulator (`running`) is enough.
 * K. Tangwongsan, M. Hirzel, S. Schneider, Low-latency sliding-window aggregation in worst-case constant time (2017).
 */
export class SlidingRecords {
  private readonly ring: RecordRing
  /** How many records, the oldest, are in the front stack; that of the oldest is on top. */
  private front = 0
  private frontCells: Cells = []
  private frontOthers: unknown[][] = []
  private back: Accumulators
  private readonly running: unknown[]
  private readonly whole: Accumulators

  /** `of`: what is aggregated; what it read last is what `push` and `insert` take. */
  constructor(private readonly of: Aggregation) {
    this.ring = new RecordRing(of.columns)
    this.back = of.create()
    this.running = of.createOthers()
    this.whole = of.create()
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
    this.entered(time, arrival)
  }

  private entered(time: Timestamp, arrival: number): void {
    const { of, back } = this
    this.addTo(back.others, of.stacked, time, arrival)
    this.addTo(this.running, of.removable, time, arrival)
    of.addCells(back.cells, 0)
  }

  /** Adds the record that was read last before all that are younger. */
  insert(time: Timestamp, arrival: number): void {
    if (this.length === 0 || this.newest <= time) return this.push(time, arrival)
    this.entered(time, arrival)
    if (this.ring.insert(time, arrival) < this.front) this.mend()
  }

  /** The front no longer is what was aggregated: everything goes into the back. */
  private mend(): void {
    const { of, ring } = this
    this.front = 0
    this.frontOthers = []
    this.back = of.create()
    for (let i = 0; i < ring.length; i++) {
      ring.recall(i)
      of.addCells(this.back.cells, 0)
      this.addTo(this.back.others, of.stacked, ring.time(i), ring.arrival(i))
    }
  }

  /** Adds what was read last to some of the accumulators. */
  private addTo(others: unknown[], which: readonly number[], time: Timestamp, arrival: number): void {
    for (const i of which) {
      const slot = this.of.slots[i]
      const value = this.of.valueOf(slot)
      if (value !== null) slot.accumulation.add(others[i], value, time, arrival)
    }
  }

  /** Takes out the oldest record; there must be one. `carried` keeps what results ask for of the time before. */
  evict(carried: Carried): void {
    const { of, ring } = this
    if (this.front === 0) this.flip(ring.length)
    if (of.slots.length > 0) this.leave(carried)
    ring.shift()
    this.front--
    this.frontOthers.pop()
  }

  /** The oldest record is about to leave the accumulators that are objects. */
  private leave(carried: Carried): void {
    const { of, ring } = this
    const [time, arrival] = [ring.time(0), ring.arrival(0)]
    ring.recall(0)
    if (of.carries) {
      const alone = of.create()
      of.add(alone, time, arrival)
      of.carry(carried, alone.others)
    }
    for (const i of of.removable) {
      const value = of.valueOf(of.slots[i])
      if (value !== null) of.slots[i].accumulation.remove?.(this.running[i], value, time, arrival)
    }
  }

  /** Makes the oldest `count` records the front. */
  private flip(count: number): void {
    const { of, ring } = this
    const { cellsEach, stacked } = of
    if (this.frontCells.length < count * cellsEach) this.frontCells = newCells(count * cellsEach)
    const { frontCells } = this
    this.frontOthers = []
    for (let n = 0; n < count; n++) {
      const i = count - 1 - n
      const at = n * cellsEach
      for (let cell = at; cell < at + cellsEach; cell++) frontCells[cell] = n === 0 ? 0 : frontCells[cell - cellsEach]
      ring.recall(i)
      of.addCells(frontCells, at)
      if (stacked.length === 0) continue
      const others = of.createOthers()
      this.addTo(others, stacked, ring.time(i), ring.arrival(i))
      if (n > 0) this.mergeStacked(others, this.frontOthers[n - 1])
      this.frontOthers.push(others)
    }
    this.front = count
    this.back = of.create()
  }

  private mergeStacked(into: unknown[], other: unknown[]): void {
    for (const i of this.of.stacked) this.of.slots[i].accumulation.merge(into[i], other[i])
  }

  /** The aggregates of all records: to be read at once and not to be changed. */
  total(): Accumulators {
    const { of, whole, back, front } = this
    const from = (front - 1) * of.cellsEach
    for (let i = 0; i < of.cellsEach; i++) whole.cells[i] = front > 0 ? this.frontCells[from + i] : 0
    of.mergeCells(whole.cells, 0, back.cells, 0)
    if (of.stacked.length > 0) {
      whole.others = of.createOthers()
      if (front > 0) this.mergeStacked(whole.others, this.frontOthers[front - 1])
      this.mergeStacked(whole.others, back.others)
    }
    for (const i of of.removable) whole.others[i] = this.running[i]
    return whole
  }

  /** The state as plain data; it continues with the very same roundings. */
  snapshot(): SavedRecords {
    return { ...this.ring.snapshot(), front: this.front, back: this.of.save(this.back) }
  }

  /** Goes on from a snapshot; nothing has entered yet. */
  restore({ front, back, ...records }: SavedRecords): void {
    this.ring.restore(records, (time, arrival) => this.entered(time, arrival))
    this.flip(front)
    this.back = this.of.load(back)
  }
}
