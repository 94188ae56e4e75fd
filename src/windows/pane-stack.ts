import type { Cells } from '../aggregates/accumulators/cells'
import type { Timestamp } from '../record'
import type { Row } from '../state/time-lists'
import type { Aggregation } from './aggregation'
import type { SliceTable } from './slice-table'
import { TwoStacks } from './two-stacks'

/** The sum of the slices of a moving window. It only saves work: it can be thrown away at any time. */
export class PaneStack extends TwoStacks {
  /** Slices as a queue, the oldest first. */
  private readonly rows: Row[] = []
  /** How many of the rows have left: they are cut off when they are half of all, for a long array is slow to shift. */
  private gone = 0

  constructor(
    of: Aggregation,
    private readonly table: SliceTable
  ) {
    super(of)
  }

  get length(): number {
    return this.rows.length - this.gone
  }

  private at(i: number): Row {
    return this.rows[this.gone + i]
  }

  /** Adds the next slice. */
  push(row: Row): void {
    this.rows.push(row)
    this.enter(this.length - 1)
  }

  /** Takes out the slices that begin before `start`; they are still in the table. */
  evictBefore(start: Timestamp): void {
    while (this.length > 0 && this.table.timeOf(this.at(0)) < start) {
      this.leave()
      this.shift()
    }
  }

  private shift(): void {
    if (2 * ++this.gone < this.rows.length) return
    this.rows.splice(0, this.gone)
    this.gone = 0
  }

  protected addCells(i: number, cells: Cells, at: number): void {
    this.table.mergeCells(this.at(i), cells, at)
  }

  addOthers(i: number, others: unknown[], which: readonly number[]): void {
    this.of.others.merge(others, this.table.othersOf(this.at(i)), which)
  }

  removeOthers(i: number, others: unknown[]): void {
    this.of.others.removeAll(others, this.table.othersOf(this.at(i)))
  }
}
