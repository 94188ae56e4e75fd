import { type Cells, newCells } from '../aggregates/accumulators/cells'
import type { Timestamp } from '../record'
import { type Row, TimeLists } from '../state/time-lists'
import type { Accumulators } from './accumulators'
import type { Aggregation } from './aggregation'
import { noOthers } from './others'

/**
 * The slices of time of all keys, each with its accumulators; those of a key are a list in the order of their starts. A
 * key is known by its slot. The numbers of all slices lie in one array, so that a record touches few places in memory
 * and a new slice is no new object.
 */
export class SliceTable extends TimeLists {
  /** By slot: the oldest and the newest slice of the key; 0: it has none. */
  protected readonly oldest: Row[] = []
  private readonly newest: Row[] = []
  /** By row: a block of cells, and the accumulators that are objects, where there are such. */
  private cells: Cells
  private others: unknown[][] = []

  constructor(protected readonly of: Aggregation) {
    super()
    this.cells = newCells(of.cellsEach)
  }

  /** A key without slices takes the slot. */
  open(slot: number): void {
    this.oldest[slot] = this.newest[slot] = 0
  }

  /** The key's first slice; 0: it has none. */
  first(slot: number): Row {
    return this.oldest[slot]
  }

  /** The key's slice that begins at `start`, made where missing. */
  at(slot: number, start: Timestamp): Row {
    const newest = this.newest[slot]
    if (this.times[newest] === start) return newest
    const first = this.oldest[slot]
    const before = this.upTo(first, start)
    if (before !== 0 && this.times[before] === start) return before
    const row = this.take(start)
    this.oldest[slot] = this.link(first, row)
    if (before === newest) this.newest[slot] = row
    return row
  }

  protected override take(start: Timestamp): Row {
    const row = super.take(start)
    const { cells, of } = this
    const at = row * of.cellsEach
    if (at === cells.length) for (let i = 0; i < of.cellsEach; i++) cells.push(0)
    else for (let i = at; i < at + of.cellsEach; i++) cells[i] = 0
    if (of.others.length > 0) this.others[row] = of.others.create()
    return row
  }

  /** Drops the first slice of a key that has one. */
  drop(slot: number): void {
    const row = this.oldest[slot]
    if (this.of.others.length > 0) this.others[row] = noOthers
    this.oldest[slot] = this.dropFirst(row)
    if (this.oldest[slot] === 0) this.newest[slot] = 0
  }

  override clear(): void {
    super.clear()
    this.oldest.length = this.newest.length = this.others.length = 0
    this.cells = newCells(this.of.cellsEach)
  }

  /** How many records a slice has. */
  records(row: Row): number {
    return this.cells[row * this.of.cellsEach]
  }

  othersOf(row: Row): unknown[] {
    return this.of.others.length > 0 ? this.others[row] : noOthers
  }

  /** Adds what was read last to a slice. */
  add(row: Row, time: Timestamp, arrival: number): void {
    const { of } = this
    of.addCells(this.cells, row * of.cellsEach)
    if (of.others.length > 0) of.others.add(this.others[row], time, arrival)
  }

  /** Adds the numbers of a slice to the cells that begin at `at`. */
  mergeCells(row: Row, cells: Cells, at: number): void {
    this.of.mergeCells(cells, at, this.cells, row * this.of.cellsEach)
  }

  /** Adds a slice to `whole`. */
  mergeInto(whole: Accumulators, row: Row): void {
    this.mergeCells(row, whole.cells, 0)
    this.of.others.merge(whole.others, this.othersOf(row))
  }

  /** What is in a slice: to be read at once and not to be changed. */
  show(row: Row): Accumulators {
    const { whole, cellsEach } = this.of
    const at = row * cellsEach
    for (let i = 0; i < cellsEach; i++) whole.cells[i] = this.cells[at + i]
    whole.others = this.othersOf(row)
    return whole
  }

  /** Gives a slice these accumulators. */
  put(row: Row, { cells, others }: Accumulators): void {
    const at = row * this.of.cellsEach
    for (let i = 0; i < cells.length; i++) this.cells[at + i] = cells[i]
    if (this.of.others.length > 0) this.others[row] = others
  }
}
