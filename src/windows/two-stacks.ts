import { type Cells, newCells } from '../aggregates/accumulators/cells'
import type { Accumulators } from './accumulators'
import type { Aggregation } from './aggregation'

/** What enters and leaves as a queue, told by its place: 0 is the oldest. */
export interface Items {
  /** Adds the numbers of an item to the cells that begin at `at`. */
  addCells(i: number, cells: Cells, at: number): void
  /** Adds an item to those of the accumulators that are objects. */
  addOthers(i: number, others: unknown[], which: readonly number[]): void
  /** Takes an item out of those of them that forget without a trace. */
  removeOthers(i: number, others: unknown[], which: readonly number[]): void
}

/**
 * The aggregates of a queue, in amortised constant time and without ever subtracting: new items go into one accumulator
 * (`back`), old ones leave from a stack of aggregates of "this and all that came later" (`front`).
 * Multisets are the exception: what leaves them leaves no trace, so one accumulator (`running`) is enough.
 * K. Tangwongsan, M. Hirzel, S. Schneider, Low-latency sliding-window aggregation in worst-case constant time (2017).
 */
export class TwoStacks {
  /**
   * How many items, the oldest, are in the front; that of the oldest is on top. Another split would give sums that differ
   * in the last digit.
   */
  front = 0
  back: Accumulators
  private frontCells: Cells = []
  private frontOthers: unknown[][] = []
  private readonly running: unknown[]
  private readonly whole: Accumulators

  constructor(
    private readonly of: Aggregation,
    private readonly items: Items
  ) {
    this.back = of.create()
    this.running = of.createOthers()
    this.whole = of.create()
  }

  /** Item `i` has entered the queue. */
  enter(i: number): void {
    const { of, items, back } = this
    items.addCells(i, back.cells, 0)
    if (of.stacked.length > 0) items.addOthers(i, back.others, of.stacked)
    if (of.removable.length > 0) items.addOthers(i, this.running, of.removable)
  }

  /** The oldest of `length` items is about to leave the queue. */
  leave(length: number): void {
    const { removable } = this.of
    if (this.front === 0) this.flip(length)
    if (removable.length > 0) this.items.removeOthers(0, this.running, removable)
    this.front--
    this.frontOthers.pop()
  }

  /** Makes the oldest `count` items the front, and the back empty. */
  flip(count: number): void {
    const { of, items } = this
    const { cellsEach, stacked } = of
    if (this.frontCells.length < count * cellsEach) this.frontCells = newCells(count * cellsEach)
    const { frontCells } = this
    this.frontOthers = []
    for (let n = 0; n < count; n++) {
      const i = count - 1 - n
      const at = n * cellsEach
      for (let cell = at; cell < at + cellsEach; cell++) frontCells[cell] = n === 0 ? 0 : frontCells[cell - cellsEach]
      items.addCells(i, frontCells, at)
      if (stacked.length === 0) continue
      const others = of.createOthers()
      items.addOthers(i, others, stacked)
      if (n > 0) of.mergeOthers(others, this.frontOthers[n - 1], stacked)
      this.frontOthers.push(others)
    }
    this.front = count
    this.back = of.create()
  }

  /** The front no longer is what was aggregated: all of `length` items go into the back. */
  mend(length: number): void {
    const { of, items } = this
    this.front = 0
    this.frontOthers = []
    this.back = of.create()
    for (let i = 0; i < length; i++) {
      items.addCells(i, this.back.cells, 0)
      items.addOthers(i, this.back.others, of.stacked)
    }
  }

  /** The aggregates of all items: to be read at once and not to be changed. */
  total(): Accumulators {
    const { of, whole, back, front } = this
    const from = (front - 1) * of.cellsEach
    for (let i = 0; i < of.cellsEach; i++) whole.cells[i] = front > 0 ? this.frontCells[from + i] : 0
    of.mergeCells(whole.cells, 0, back.cells, 0)
    if (of.stacked.length > 0) {
      whole.others = of.createOthers()
      if (front > 0) of.mergeOthers(whole.others, this.frontOthers[front - 1], of.stacked)
      of.mergeOthers(whole.others, back.others, of.stacked)
    }
    for (const i of of.removable) whole.others[i] = this.running[i]
    return whole
  }
}
