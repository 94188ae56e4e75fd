import { type Cells, newCells } from '../aggregates/accumulators/cells'
import type { Timestamp } from '../record'
import type { Accumulators } from './accumulators'
import type { Aggregation } from './aggregation'
import type { Pane } from './panes'

/**
 * The sum of the slices of a moving window, as two stacks: a new slice is merged into `back`; for each old slice, `front`
 * has the sum of it and all old ones that came later. It only saves work: it can be thrown away at any time.
 * Multisets are the exception: what leaves them leaves no trace, so one accumulator (`running`) is enough.
 */
export class PaneStack {
  /** Slices in `back`, oldest first, and in the front, oldest last. */
  private fresh: Pane[] = []
  private old: Pane[] = []
  private back: Accumulators
  /** Sums of the old slices, in their order. */
  private frontCells: Cells = []
  private frontOthers: unknown[][] = []
  private readonly running: unknown[]
  private readonly whole: Accumulators

  constructor(private readonly of: Aggregation) {
    this.back = of.create()
    this.whole = of.create()
    this.running = of.createOthers()
  }

  /** Adds the next slice. */
  push(pane: Pane): void {
    const { of, back } = this
    this.fresh.push(pane)
    of.mergeCells(back.cells, 0, pane.cells, 0)
    for (const i of of.stacked) of.slots[i].accumulation.merge(back.others[i], pane.others[i])
    for (const i of of.removable) of.slots[i].accumulation.merge(this.running[i], pane.others[i])
  }

  /** Takes out the slices that begin before `start`. */
  evictBefore(start: Timestamp): void {
    const { of } = this
    for (;;) {
      const oldest = this.old.length > 0 ? this.old[this.old.length - 1] : this.fresh[0]
      if (oldest === undefined || oldest.start >= start) return
      if (this.old.length === 0) this.flip()
      this.old.pop()
      for (const i of of.removable) of.slots[i].accumulation.removeAll?.(this.running[i], oldest.others[i])
    }
  }

  /** The slices of `back` become the front. */
  flip(): void {
    const { of } = this
    const { cellsEach } = of
    this.old = this.fresh.reverse()
    this.fresh = []
    this.back = of.create()
    const needed = this.old.length * cellsEach
    if (this.frontCells.length < needed) this.frontCells = newCells(2 * needed)
    this.frontOthers = []
    for (let n = 0; n < this.old.length; n++) {
      const { cells, others } = this.old[n]
      const at = n * cellsEach
      for (let i = 0; i < cellsEach; i++) this.frontCells[at + i] = cells[i]
      if (n > 0) of.mergeCells(this.frontCells, at, this.frontCells, at - cellsEach)
      if (of.stacked.length === 0) continue
      const sums = of.createOthers()
      for (const i of of.stacked) {
        const { accumulation } = of.slots[i]
        accumulation.merge(sums[i], others[i])
        if (n > 0) accumulation.merge(sums[i], this.frontOthers[n - 1][i])
      }
      this.frontOthers.push(sums)
    }
  }

  /** How many slices are in the front: another split would give sums that differ in the last digit. */
  get split(): number {
    return this.old.length
  }

  /** The sum of all slices: to be read at once and not to be changed. */
  total(): Accumulators {
    const { of, whole, back } = this
    const { cellsEach } = of
    const from = this.old.length - 1
    for (let i = 0; i < cellsEach; i++) whole.cells[i] = from >= 0 ? this.frontCells[from * cellsEach + i] : 0
    of.mergeCells(whole.cells, 0, back.cells, 0)
    if (of.stacked.length > 0) whole.others = of.createOthers()
    for (const i of of.stacked) {
      const { accumulation } = of.slots[i]
      if (from >= 0) accumulation.merge(whole.others[i], this.frontOthers[from][i])
      accumulation.merge(whole.others[i], back.others[i])
    }
    for (const i of of.removable) whole.others[i] = this.running[i]
    return whole
  }
}
