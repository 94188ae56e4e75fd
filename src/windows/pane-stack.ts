import type { Timestamp } from '../record'
import type { Accumulators } from './accumulators'
import type { Aggregation } from './aggregation'
import type { SliceTable } from './slice-table'
import type { Row } from './time-lists'
import { TwoStacks } from './two-stacks'

/** The sum of the slices of a moving window. It only saves work: it can be thrown away at any time. */
export class PaneStack {
  /** Oldest first. */
  private readonly rows: Row[] = []
  private readonly stacks: TwoStacks

  constructor(
    of: Aggregation,
    private readonly table: SliceTable
  ) {
    const { rows } = this
    this.stacks = new TwoStacks(of, {
      addCells: (i, cells, at) => table.mergeCells(rows[i], cells, at),
      addOthers: (i, others, which) => of.mergeOthers(others, table.othersOf(rows[i]), which),
      removeOthers(i, others, which) {
        for (const place of which)
          of.slots[place].accumulation.removeAll?.(others[place], table.othersOf(rows[i])[place])
      }
    })
  }

  /** Adds the next slice. */
  push(row: Row): void {
    this.stacks.enter(this.rows.push(row) - 1)
  }

  /** Takes out the slices that begin before `start`; they are still in the table. */
  evictBefore(start: Timestamp): void {
    const { rows, stacks, table } = this
    while (rows.length > 0 && table.timeOf(rows[0]) < start) {
      stacks.leave(rows.length)
      rows.shift()
    }
  }

  /** How many slices are in the front; another split would give sums that differ in the last digit. */
  get split(): number {
    return this.stacks.front
  }

  /** All slices so far become the front. */
  flip(): void {
    this.stacks.flip(this.rows.length)
  }

  /** The sum of all slices: to be read at once and not to be changed. */
  total(): Accumulators {
    return this.stacks.total()
  }
}
