import { type Cells, newCells } from '../aggregates/accumulators/cells'
import type { Timestamp } from '../record'
import type { Accumulators } from './accumulators'
import type { Aggregation } from './aggregation'

/** A slice of time on its own. */
export interface Pane extends Accumulators {
  start: Timestamp
}

/**
 * The slices of time of one key, in order of their starts. Their cells lie side by side in one array, the start of each
 * behind its own: a record finds all it needs in one place, and a new slice is no new object.
 */
export class Panes {
  length = 0
  /** The first of the slices in the cells: what lies before it was dropped. */
  private head = 0
  private readonly width: number
  private readonly cells: Cells
  /** For each slice its accumulators that are objects, where there are such. */
  private others: unknown[][] = noOthers

  constructor(protected readonly of: Aggregation) {
    this.width = of.cellsEach + 1
    this.cells = newCells(this.width)
    if (of.slots.length > 0) this.others = []
  }

  /** Where the cells of slice `i` begin. */
  private cellsOf(i: number): number {
    return (this.head + i) * this.width
  }

  start(i: number): Timestamp {
    return this.cells[(this.head + i + 1) * this.width - 1]
  }

  /** How many records slice `i` has. */
  records(i: number): number {
    return this.cells[this.cellsOf(i)]
  }

  othersOf(i: number): unknown[] {
    return this.others === noOthers ? none : this.others[i]
  }

  /** Place of the first slice that begins at `start` or later. */
  placeOf(start: Timestamp): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.start(middle) < start) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Place of the slice that begins at `start`, made where missing. */
  at(start: Timestamp): number {
    const newest = this.length - 1
    if (newest >= 0 && this.start(newest) === start) return newest
    const i = this.placeOf(start)
    if (i === this.length || this.start(i) !== start) this.insert(i, start)
    return i
  }

  private insert(i: number, start: Timestamp): void {
    const { cells, width } = this
    const at = this.cellsOf(i)
    const end = this.cellsOf(this.length)
    if (end === cells.length) for (let cell = 0; cell < width; cell++) cells.push(0)
    for (let cell = end - 1; cell >= at; cell--) cells[cell + width] = cells[cell]
    for (let cell = at; cell < at + width - 1; cell++) cells[cell] = 0
    cells[at + width - 1] = start
    this.length++
    if (this.others !== noOthers) this.others.splice(i, 0, this.of.createOthers())
  }

  /** Adds what was read last to slice `i`. */
  add(i: number, time: Timestamp, arrival: number): void {
    this.of.addCells(this.cells, this.cellsOf(i))
    if (this.others !== noOthers) this.of.addOthers(this.others[i], time, arrival)
  }

  /** Adds slice `i` to `whole`. */
  mergeInto(whole: Accumulators, i: number): void {
    this.of.mergeCells(whole.cells, 0, this.cells, this.cellsOf(i))
    if (this.others !== noOthers) this.of.mergeOthers(whole.others, this.others[i])
  }

  /** Shows slice `i` in `whole`: to be read at once and not to be changed. */
  show(i: number, whole: Accumulators): Accumulators {
    const at = this.cellsOf(i)
    for (let cell = 0; cell < this.of.cellsEach; cell++) whole.cells[cell] = this.cells[at + cell]
    whole.others = this.othersOf(i)
    return whole
  }

  /** Slice `i` on its own; the accumulators that are objects are shared. */
  pane(i: number): Pane {
    const at = this.cellsOf(i)
    const cells = this.cells.slice(at, at + this.of.cellsEach)
    return { start: this.start(i), cells, others: this.othersOf(i) }
  }

  /** All slices, each on its own. */
  all(): Pane[] {
    return Array.from({ length: this.length }, (_, i) => this.pane(i))
  }

  /** Puts a slice in its place. */
  put({ start, cells, others }: Pane): void {
    const i = this.at(start)
    const at = this.cellsOf(i)
    for (let cell = 0; cell < cells.length; cell++) this.cells[at + cell] = cells[cell]
    if (this.others !== noOthers) this.others[i] = others
  }

  /** Drops all slices. */
  clear(): void {
    this.drop(this.length)
  }

  /** Drops the first `count` slices. */
  drop(count: number): void {
    this.head += count
    this.length -= count
    if (this.others !== noOthers) this.others.splice(0, count)
    if (this.head < this.length) return
    // so many were dropped that the rest is cheaply moved to where they lay
    const from = this.cellsOf(0)
    const { cells, width, length } = this
    for (let cell = 0; cell < length * width; cell++) cells[cell] = cells[from + cell]
    this.head = 0
  }
}

/** Shared by all slices without such; nothing is ever put in. */
const none: unknown[] = []
const noOthers: unknown[][] = []
