import { type Cells, copyCells, newCells } from '../aggregates/accumulators/cells'
import type { Accumulators } from './accumulators'
import type { Aggregation } from './aggregation'
import { OtherStacks, type QueuedOthers } from './other-stacks'

/** How many items of the front are aggregated one by one at a time. */
const blockLength = 64

/**
 * The aggregates of a queue, in amortised constant time and without ever subtracting: new items go into one accumulator
 * (`back`), old ones leave from a stack of aggregates of "this and all that came later" (`front`).
 * Numbers are kept only for every 64th item of the stack and for each item of the block on top, so that little memory is
 * in use at a time, however long the queue.
 * K. Tangwongsan, M. Hirzel, S. Schneider, Low-latency sliding-window aggregation in worst-case constant time (2017).
 */
export abstract class TwoStacks implements QueuedOthers {
  /**
   * How many items, the oldest, are in the front; that of the oldest is on top. Another split would give sums that differ
   * in the last digit.
   */
  front = 0
  protected back: Cells
  /** The accumulators that are objects; absent where there are none. */
  protected readonly others: OtherStacks | undefined
  /** For each block of the front, the oldest last: the cells of all items that came after it. */
  private bases: Cells = []
  /** The cells of each item in one block, the newest item first, and which block that is; -1: none. */
  private block: Cells = []
  private opened = -1

  constructor(protected readonly of: Aggregation) {
    this.back = of.createCells()
    this.others = of.others.length === 0 ? undefined : new OtherStacks(of.others, this)
  }

  /** How many items are in the queue; they are known by their places, 0 being the oldest. */
  abstract get length(): number
  /** Adds the numbers of an item to the cells that begin at `at`. */
  protected abstract addCells(i: number, cells: Cells, at: number): void
  abstract addOthers(i: number, others: unknown[], which: readonly number[]): void
  abstract removeOthers(i: number, others: unknown[]): void

  /** Item `i` has entered the queue. */
  protected enter(i: number): void {
    this.addCells(i, this.back, 0)
    this.others?.enter(i)
  }

  /** The oldest item is about to leave the queue. */
  protected leave(): void {
    if (this.front === 0) this.flip()
    this.front--
    this.others?.leave()
  }

  /** Makes the oldest `count` items the front, and the back empty; all of them where it is not said. */
  flip(count = this.length): void {
    const { cellsEach } = this.of
    const blocks = Math.ceil(count / blockLength)
    if (this.bases.length < blocks * cellsEach) this.bases = newCells(blocks * cellsEach)
    const cells = this.of.createCells()
    for (let b = 0, n = 0; b < blocks; b++) {
      for (let cell = 0; cell < cellsEach; cell++) this.bases[b * cellsEach + cell] = cells[cell]
      // above the last block nothing lies
      if (b < blocks - 1) for (const next = n + blockLength; n < next; n++) this.addCells(count - 1 - n, cells, 0)
    }
    this.opened = -1
    this.front = count
    this.back = this.of.createCells()
    this.others?.flip(count)
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
    this.front = 0
    this.back = this.of.createCells()
    for (let i = 0; i < this.length; i++) this.addCells(i, this.back, 0)
    this.others?.mend(this.length)
  }

  /** The aggregates of all items: to be read at once and not to be changed. */
  total(): Accumulators {
    const { of, back } = this
    const { whole } = of
    if (this.front === 0) copyCells(whole.cells, back)
    else {
      const at = this.top()
      for (let cell = 0; cell < of.cellsEach; cell++) whole.cells[cell] = this.block[at + cell]
      of.mergeCells(whole.cells, 0, back, 0)
    }
    if (this.others !== undefined) whole.others = this.others.total()
    return whole
  }
}
