import { type Cells, copyCells, newCells } from '../aggregates/accumulators/cells'
import type { Accumulators } from './accumulators'
import type { Aggregation } from './aggregation'

/** How many items of the front are aggregated one by one at a time. */
const blockLength = 64

/**
 * The aggregates of a queue, in amortised constant time and without ever subtracting: new items go into one accumulator
 * (`back`), old ones leave from a stack of aggregates of "this and all that came later" (`front`).
 * Numbers are kept only for every 64th item of the stack and for each item of the block on top, so that little memory is
 * in use at a time, however long the queue. Multisets are the exception: what leaves them leaves no trace, so one
 * accumulator (`running`) is enough.
 * K. Tangwongsan, M. Hirzel, S. Schneider, Low-latency sliding-window aggregation in worst-case constant time (2017).
 */
export abstract class TwoStacks {
  /**
   * How many items, the oldest, are in the front; that of the oldest is on top. Another split would give sums that differ
   * in the last digit.
   */
  front = 0
  protected back: Accumulators
  /** For each block of the front, the oldest last: the cells of all items that came after it. */
  private bases: Cells = []
  /** The cells of each item in one block, the newest item first, and which block that is; -1: none. */
  private block: Cells = []
  private opened = -1
  private frontOthers: unknown[][] = []
  private readonly running: unknown[]

  constructor(protected readonly of: Aggregation) {
    this.back = of.create()
    this.running = of.createOthers()
  }

  /** How many items are in the queue; they are known by their places, 0 being the oldest. */
  abstract get length(): number
  /** Adds the numbers of an item to the cells that begin at `at`. */
  protected abstract addCells(i: number, cells: Cells, at: number): void
  /** Adds an item to those of the accumulators that are objects. */
  protected abstract addOthers(i: number, others: unknown[], which: readonly number[]): void
  /** Takes an item out of those of them that forget without a trace. */
  protected abstract removeOthers(i: number, others: unknown[], which: readonly number[]): void

  /** Item `i` has entered the queue. */
  protected enter(i: number): void {
    const { of, back } = this
    this.addCells(i, back.cells, 0)
    if (of.stacked.length > 0) this.addOthers(i, back.others, of.stacked)
    if (of.removable.length > 0) this.addOthers(i, this.running, of.removable)
  }

  /** The oldest item is about to leave the queue. */
  protected leave(): void {
    const { removable } = this.of
    if (this.front === 0) this.flip()
    if (removable.length > 0) this.removeOthers(0, this.running, removable)
    this.front--
    this.frontOthers.pop()
  }

  /** Makes the oldest `count` items the front, and the back empty; all of them where it is not said. */
  flip(count = this.length): void {
    const { of } = this
    const { cellsEach } = of
    const blocks = Math.ceil(count / blockLength)
    if (this.bases.length < blocks * cellsEach) this.bases = newCells(blocks * cellsEach)
    const { cells } = of.create()
    for (let b = 0, n = 0; b < blocks; b++) {
      for (let cell = 0; cell < cellsEach; cell++) this.bases[b * cellsEach + cell] = cells[cell]
      // above the last block nothing lies
      if (b < blocks - 1) for (const next = n + blockLength; n < next; n++) this.addCells(count - 1 - n, cells, 0)
    }
    this.opened = -1
    if (of.stacked.length > 0) this.flipOthers(count)
    this.front = count
    this.back = of.create()
  }

  private flipOthers(count: number): void {
    const { of } = this
    this.frontOthers = []
    for (let n = 0; n < count; n++) {
      const others = of.createOthers()
      this.addOthers(count - 1 - n, others, of.stacked)
      if (n > 0) of.mergeOthers(others, this.frontOthers[n - 1], of.stacked)
      this.frontOthers.push(others)
    }
  }

  /** Where the cells of the front begin in `block`: of the oldest item and all that came after it. */
  private top(): number {
    const n = this.front - 1
    const b = Math.floor(n / blockLength)
    if (b !== this.opened) this.open(b)
    return (n - b * blockLength) * this.of.cellsEach
  }

  private open(b: number): void {
    const { front, bases } = this
    const { cellsEach } = this.of
    const first = b * blockLength
    const length = Math.min(blockLength, front - first)
    if (this.block.length < length * cellsEach) this.block = newCells(length * cellsEach)
    const { block } = this
    for (let n = 0; n < length; n++) {
      const at = n * cellsEach
      for (let cell = 0; cell < cellsEach; cell++) {
        block[at + cell] = n === 0 ? bases[b * cellsEach + cell] : block[at - cellsEach + cell]
      }
      this.addCells(front - 1 - first - n, block, at)
    }
    this.opened = b
  }

  /** The front no longer is what was aggregated: all items go into the back. */
  protected mend(): void {
    const { of } = this
    this.front = 0
    this.frontOthers = []
    this.back = of.create()
    for (let i = 0; i < this.length; i++) {
      this.addCells(i, this.back.cells, 0)
      this.addOthers(i, this.back.others, of.stacked)
    }
  }

  /** The aggregates of all items: to be read at once and not to be changed. */
  total(): Accumulators {
    const { of, back, front } = this
    const { whole } = of
    if (front === 0) copyCells(whole.cells, back.cells)
    else {
      const at = this.top()
      for (let cell = 0; cell < of.cellsEach; cell++) whole.cells[cell] = this.block[at + cell]
      of.mergeCells(whole.cells, 0, back.cells, 0)
    }
    if (of.stacked.length === 0) whole.others = this.running
    else {
      whole.others = of.createOthers()
      if (front > 0) of.mergeOthers(whole.others, this.frontOthers[front - 1], of.stacked)
      of.mergeOthers(whole.others, back.others, of.stacked)
      for (const i of of.removable) whole.others[i] = this.running[i]
    }
    return whole
  }
}
