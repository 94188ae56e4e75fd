import { type Cells, newCells } from '../aggregates/accumulators/cells'
import type { Timestamp } from '../record'
import { packed, unpacked } from '../state/packed'
import { toPlain } from '../state/plain'
import type { Accumulators, Carried, SavedAccumulators } from './accumulators'
import type { Aggregation } from './aggregation'

/** Plain data: columns of the records, oldest first, and the accumulator of the new ones. */
export interface SavedRecords {
  /** Packed, as are all columns of numbers. */
  times: string
  arrivals: string
  /** A record's numbers one after the other; NaN: none. */
  numbers: string
  values: unknown[]
  /** How many of the records, the oldest, are in the stack of the old. */
  front: number
  back: SavedAccumulators
}

/**
 * Records that enter and leave as a queue, and the aggregates of all that are in it, in amortised constant time and
 * without ever subtracting: new records go into one accumulator (`back`), old ones leave from a stack of aggregates of
 * "this and all that came later" (`front`). Everything lies in columns around a ring.
 * Multisets are the exception: what leaves them leaves no trace, so one accumulator (`running`) is enough.
 * K. Tangwongsan, M. Hirzel, S. Schneider, Low-latency sliding-window aggregation in worst-case constant time (2017).
 */
export class SlidingRecords {
  length = 0
  private capacity = 0
  /** Place of the oldest record. */
  private head = 0
  /** How many records, the oldest, are in the front stack. */
  private front = 0
  private times = new Float64Array(0) as Float64Array
  private arrivals = new Float64Array(0) as Float64Array
  private numbers = new Float64Array(0) as Float64Array
  private values: unknown[] = []
  /** For each place of the front: the aggregates of its record and of all front records that came later. */
  private frontCells: Cells = []
  private frontOthers: unknown[][] = []
  private back: Accumulators
  private running: unknown[]
  private readonly whole: Accumulators

  /** `of`: what is aggregated; what it read last is what `push` and `insert` take. */
  constructor(private readonly of: Aggregation) {
    this.back = of.create()
    this.running = of.create().others
    this.whole = of.create()
    this.resize(8)
  }

  private resize(capacity: number): void {
    const { of, length, head } = this
    const place = (i: number): number => (head + i) & (this.capacity - 1)
    const moved = (from: Float64Array, each: number): Float64Array => {
      const to = new Float64Array(capacity * each)
      for (let i = 0; i < length; i++) to.set(from.subarray(place(i) * each, place(i) * each + each), i * each)
      return to
    }
    const values: unknown[] = []
    const { length: each } = of.columns.values
    for (let i = 0; i < length * each; i++) values.push(this.values[place(Math.floor(i / each)) * each + (i % each)])
    this.frontOthers = Array.from({ length: this.front }, (_, i) => this.frontOthers[place(i)])
    this.values = values
    this.times = moved(this.times, 1)
    this.arrivals = moved(this.arrivals, 1)
    this.numbers = moved(this.numbers, of.columns.numbers.length)
    const frontCells = newCells(capacity * of.cellsEach)
    for (let i = 0; i < this.front; i++) {
      const from = place(i) * of.cellsEach
      for (let cell = 0; cell < of.cellsEach; cell++) frontCells[i * of.cellsEach + cell] = this.frontCells[from + cell]
    }
    this.frontCells = frontCells
    this.capacity = capacity
    this.head = 0
  }

  private place(i: number): number {
    return (this.head + i) & (this.capacity - 1)
  }

  /** Event time of the oldest record; there must be one. */
  get oldest(): Timestamp {
    return this.times[this.head]
  }

  /** Event time of the record that entered last; there must be one. */
  get newest(): Timestamp {
    return this.times[this.place(this.length - 1)]
  }

  /** Adds the record that was read last as the newest. */
  push(time: Timestamp, arrival: number): void {
    if (this.length === this.capacity) this.resize(2 * this.capacity)
    this.store(this.place(this.length++), time, arrival)
    this.addTo(this.back.others, this.of.stacked, time, arrival)
    this.addTo(this.running, this.of.removable, time, arrival)
    this.of.addCells(this.back.cells, 0)
  }

  /** Adds the record that was read last before all that are younger. */
  insert(time: Timestamp, arrival: number): void {
    if (this.length === 0 || this.newest <= time) return this.push(time, arrival)
    const { of } = this
    const { reading } = of.columns
    this.push(time, arrival)
    let i = this.length - 1
    for (; i > 0 && this.times[this.place(i - 1)] > time; i--) {
      const from = this.place(i - 1)
      this.recall(from)
      this.store(this.place(i), this.times[from], this.arrivals[from])
    }
    of.columns.recall(reading)
    this.store(this.place(i), time, arrival)
    if (i < this.front) this.mend()
  }

  /** The front no longer is what was aggregated: everything goes into the back. */
  private mend(): void {
    this.front = 0
    this.frontOthers = []
    this.back = this.of.create()
    for (let i = 0; i < this.length; i++) {
      const place = this.place(i)
      this.recall(place)
      this.of.addCells(this.back.cells, 0)
      this.addTo(this.back.others, this.of.stacked, this.times[place], this.arrivals[place])
    }
  }

  private store(place: number, time: Timestamp, arrival: number): void {
    const { numbers, values } = this.of.columns
    this.times[place] = time
    this.arrivals[place] = arrival
    for (let i = 0; i < numbers.length; i++) this.numbers[place * numbers.length + i] = numbers[i]
    for (let i = 0; i < values.length; i++) this.values[place * values.length + i] = values[i]
  }

  /** As if the record at `place` had just been read. */
  private recall(place: number): void {
    const { numbers, values } = this.of.columns
    for (let i = 0; i < numbers.length; i++) numbers[i] = this.numbers[place * numbers.length + i]
    for (let i = 0; i < values.length; i++) values[i] = this.values[place * values.length + i]
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
  evict(carried?: Carried): void {
    if (this.front === 0) this.flip(this.length)
    const { head, of } = this
    if (of.slots.length > 0) {
      this.recall(head)
      if (of.carries && carried) of.carry(carried, this.alone(head).others)
      for (const i of this.of.removable) {
        const value = of.valueOf(of.slots[i])
        if (value === null) continue
        of.slots[i].accumulation.remove?.(this.running[i], value, this.times[head], this.arrivals[head])
      }
      for (let i = 0; i < of.columns.values.length; i++) this.values[head * of.columns.values.length + i] = null
    }
    this.head = this.place(1)
    this.front--
    this.length--
  }

  /** An accumulator of one record, which was just recalled. */
  private alone(place: number): Accumulators {
    const one = this.of.create()
    this.of.add(one, this.times[place], this.arrivals[place])
    return one
  }

  /** Forgets all records. */
  clear(): void {
    this.length = this.front = 0
    this.values.fill(null)
    this.frontOthers = []
    this.back = this.of.create()
    this.running = this.of.create().others
  }

  /** Makes the oldest `count` records the front. */
  private flip(count: number): void {
    const { of, frontCells } = this
    const { cellsEach } = of
    for (let i = count - 1; i >= 0; i--) {
      const place = this.place(i)
      const at = place * cellsEach
      const isNewest = i === count - 1
      const later = isNewest ? place : this.place(i + 1)
      const from = later * cellsEach
      for (let cell = 0; cell < cellsEach; cell++) frontCells[at + cell] = isNewest ? 0 : frontCells[from + cell]
      this.recall(place)
      of.addCells(frontCells, at)
      if (this.of.stacked.length === 0) continue
      const { others } = of.create()
      this.addTo(others, this.of.stacked, this.times[place], this.arrivals[place])
      if (!isNewest) this.mergeStacked(others, this.frontOthers[later])
      this.frontOthers[place] = others
    }
    this.front = count
    this.back = of.create()
  }

  private mergeStacked(into: unknown[], other: unknown[]): void {
    for (const i of this.of.stacked) this.of.slots[i].accumulation.merge(into[i], other[i])
  }

  /** The aggregates of all records: to be read at once and not to be changed. */
  total(): Accumulators {
    const { of, whole, back, front, head } = this
    const from = head * of.cellsEach
    for (let i = 0; i < of.cellsEach; i++) whole.cells[i] = front > 0 ? this.frontCells[from + i] : 0
    of.mergeCells(whole.cells, 0, back.cells, 0)
    if (this.of.stacked.length > 0) {
      whole.others = of.create().others
      if (front > 0) this.mergeStacked(whole.others, this.frontOthers[head])
      this.mergeStacked(whole.others, back.others)
    }
    for (const i of this.of.removable) whole.others[i] = this.running[i]
    return whole
  }

  /** A column packed, the numbers of the oldest record first. */
  private inOrder(column: Float64Array, each: number): string {
    const { head, length, capacity } = this
    const ordered = new Float64Array(length * each)
    const older = column.subarray(head * each, Math.min(head + length, capacity) * each)
    ordered.set(older)
    ordered.set(column.subarray(0, ordered.length - older.length), older.length)
    return packed(ordered)
  }

  /** The state as plain data; it continues with the very same roundings. */
  snapshot(): SavedRecords {
    const { of, length } = this
    const { length: each } = of.columns.values
    const valueAt = (i: number): unknown => this.values[this.place(Math.floor(i / each)) * each + (i % each)]
    return {
      times: this.inOrder(this.times, 1),
      arrivals: this.inOrder(this.arrivals, 1),
      numbers: this.inOrder(this.numbers, of.columns.numbers.length),
      values: Array.from({ length: length * each }, (_, i) => toPlain(valueAt(i)) ?? null),
      front: this.front,
      back: of.save(this.back)
    }
  }

  /** Replaces everything by a snapshot. */
  restore({ times, arrivals, numbers, values, front, back }: SavedRecords): void {
    const { of } = this
    const allNumbers = unpacked(numbers, Float64Array)
    const allArrivals = unpacked(arrivals, Float64Array)
    this.clear()
    unpacked(times, Float64Array).forEach((time, i) => {
      for (let n = 0; n < of.columns.numbers.length; n++)
        of.columns.numbers[n] = allNumbers[i * of.columns.numbers.length + n]
      for (let v = 0; v < of.columns.values.length; v++) of.columns.values[v] = values[i * of.columns.values.length + v]
      this.push(time, allArrivals[i])
    })
    if (front > 0) this.flip(front)
    this.back = of.load(back)
  }
}
