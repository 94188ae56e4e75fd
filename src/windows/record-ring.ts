import type { Timestamp } from '../record'
import { packed, unpacked } from '../state/packed'
import { toPlain } from '../state/plain'
import type { Aggregation } from './aggregation'
import type { Columns } from './columns'

/** Plain data: the records in columns, oldest first. */
export interface SavedRing {
  /** Packed, as are all columns of numbers. */
  times: string
  arrivals: string
  /** A record's numbers one after the other; NaN: none. */
  numbers: string
  values: unknown[]
}

/**
 * Records as a queue: their times, their arrivals and what `Columns` read of them, around a ring. All numbers of a record
 * lie side by side, for of many keys each is far from the cache.
 */
export class RecordRing {
  length = 0
  /** A power of two. */
  private capacity = 0
  /** Place of the oldest record. */
  private head = 0
  /** Of each record the time, the arrival where it is asked for, and the numbers. */
  private cells = new Float64Array(0)
  private values: unknown[] = []

  private readonly columns: Columns
  private readonly keepsArrivals: boolean
  /** Where the numbers begin among the cells of a record, and how many cells it has. */
  private readonly first: number
  private readonly each: number

  constructor({ columns, others }: Aggregation) {
    this.columns = columns
    this.keepsArrivals = others.length > 0
    this.first = this.keepsArrivals ? 2 : 1
    this.each = this.first + this.columns.numbers.length
    this.resize(8)
  }

  private place(i: number): number {
    return (this.head + i) & (this.capacity - 1)
  }

  /** Event time of record `i`, 0 being the oldest. */
  time(i: number): Timestamp {
    return this.cells[this.place(i) * this.each]
  }

  /** NaN where no aggregate asks for it. */
  arrival(i: number): number {
    return this.keepsArrivals ? this.cells[this.place(i) * this.each + 1] : NaN
  }

  /** Adds the record that was read last as the newest. */
  push(time: Timestamp, arrival: number): void {
    if (this.length === this.capacity) this.resize(2 * this.capacity)
    this.store(this.length++, time, arrival)
  }

  /** Adds the record that was read last before all that are younger; returns its place in the queue. */
  insert(time: Timestamp, arrival: number): number {
    const { reading } = this.columns
    this.push(time, arrival)
    let i = this.length - 1
    for (; i > 0 && this.time(i - 1) > time; i--) {
      this.recall(i - 1)
      this.store(i, this.time(i - 1), this.arrival(i - 1))
    }
    this.columns.recall(reading)
    this.store(i, time, arrival)
    return i
  }

  private store(i: number, time: Timestamp, arrival: number): void {
    const { numbers, values } = this.columns
    const { cells, first } = this
    const place = this.place(i)
    const at = place * this.each
    cells[at] = time
    if (this.keepsArrivals) cells[at + 1] = arrival
    for (let n = 0; n < numbers.length; n++) cells[at + first + n] = numbers[n]
    for (let v = 0; v < values.length; v++) this.values[place * values.length + v] = values[v]
  }

  /** As if record `i` had just been read. */
  recall(i: number): void {
    const { numbers, values } = this.columns
    const place = this.place(i)
    const from = place * this.each + this.first
    for (let n = 0; n < numbers.length; n++) numbers[n] = this.cells[from + n]
    for (let v = 0; v < values.length; v++) values[v] = this.values[place * values.length + v]
  }

  /** Takes out the oldest record; there must be one. */
  shift(): void {
    const { length: each } = this.columns.values
    for (let v = 0; v < each; v++) this.values[this.head * each + v] = null
    this.head = this.place(1)
    this.length--
  }

  /** Of each record in order so many of its cells, from `first` on. */
  private column(first: number, width: number): Float64Array<ArrayBuffer> {
    const { cells, each, length } = this
    const column = new Float64Array(length * width)
    for (let i = 0; i < length; i++) {
      const from = this.place(i) * each + first
      for (let n = 0; n < width; n++) column[i * width + n] = cells[from + n]
    }
    return column
  }

  private valuesInOrder(): unknown[] {
    const { length: each } = this.columns.values
    const at = (i: number): number => this.place(Math.floor(i / each)) * each + (i % each)
    return Array.from({ length: this.length * each }, (_, i) => this.values[at(i)])
  }

  private resize(capacity: number): void {
    const ordered = this.column(0, this.each)
    this.values = this.valuesInOrder()
    this.cells = new Float64Array(capacity * this.each)
    this.cells.set(ordered)
    this.capacity = capacity
    this.head = 0
  }

  snapshot(): SavedRing {
    const { first, each } = this
    return {
      times: packed(this.column(0, 1)),
      arrivals: packed(this.column(1, first - 1)),
      numbers: packed(this.column(first, each - first)),
      values: this.valuesInOrder().map(value => toPlain(value) ?? null)
    }
  }

  /** Adds the records of a snapshot; `onEach` is called with the place of each once it is in the ring. */
  restore(saved: SavedRing, onEach: (i: number) => void): void {
    const { columns } = this
    const [times, arrivals, numbers] = [saved.times, saved.arrivals, saved.numbers].map(column =>
      unpacked(column, Float64Array)
    )
    times.forEach((time, i) => {
      for (let n = 0; n < columns.numbers.length; n++) columns.numbers[n] = numbers[i * columns.numbers.length + n]
      for (let v = 0; v < columns.values.length; v++) columns.values[v] = saved.values[i * columns.values.length + v]
      this.push(time, arrivals[i])
      onEach(this.length - 1)
    })
  }
}
