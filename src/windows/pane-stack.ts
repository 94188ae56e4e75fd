import type { Cells } from '../aggregates/accumulators/cells'
import type { Timestamp } from '../record'
import type { Row } from '../state/time-lists'
import type { Accumulators } from './accumulators'
import type { Aggregation } from './aggregation'
import type { SliceTable } from './slice-table'
import { type Items, TwoStacks } from './two-stacks'

/** Slices as a queue, the oldest first. */
class Panes implements Items {
  private readonly rows: Row[] = []
  /** How many of the rows have left: they are cut off when they are half of all, for a long array is slow to shift. */
  private gone = 0

  constructor(
    private readonly of: Aggregation,
    private readonly table: SliceTable
  ) {}

  get length(): number {
    return this.rows.length - this.gone
  }

  at(i: number): Row {
    return this.rows[this.gone + i]
  }

  push(row: Row): void {
    this.rows.push(row)
  }

  shift(): void {
    if (2 * ++this.gone < this.rows.length) return
    this.rows.splice(0, this.gone)
    this.gone = 0
  }

  addCells(i: number, cells: Cells, at: number): void {
    this.table.mergeCells(this.at(i), cells, at)
  }

  addOthers(i: number, others: unknown[], which: readonly number[]): void {
    this.of.mergeOthers(others, this.table.othersOf(this.at(i)), which)
  }

  removeOthers(i: number, others: unknown[], which: readonly number[]): void {
    const from = this.table.othersOf(this.at(i))
    for (const place of which) this.of.others[place].accumulation.removeAll?.(others[place], from[place])
  }
}

/** The sum of the slices of a moving window. It only saves work: it can be thrown away at any time. */
export class PaneStack {
  private readonly panes: Panes
  private readonly stacks: TwoStacks

  constructor(
    of: Aggregation,
    private readonly table: SliceTable
  ) {
    this.panes = new Panes(of, table)
    this.stacks = new TwoStacks(of, this.panes)
  }

  /** Adds the next slice. */
  push(row: Row): void {
    this.panes.push(row)
    this.stacks.enter(this.panes.length - 1)
  }

  /** Takes out the slices that begin before `start`; they are still in the table. */
  evictBefore(start: Timestamp): void {
    const { panes, stacks, table } = this
    while (panes.length > 0 && table.timeOf(panes.at(0)) < start) {
      stacks.leave(panes.length)
      panes.shift()
    }
  }

  /** How many slices are in the front; another split would give sums that differ in the last digit. */
  get split(): number {
    return this.stacks.front
  }

  /** All slices so far become the front. */
  flip(): void {
    this.stacks.flip(this.panes.length)
  }

  /** The sum of all slices: to be read at once and not to be changed. */
  total(): Accumulators {
    return this.stacks.total()
  }
}
