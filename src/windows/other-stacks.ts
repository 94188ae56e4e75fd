import type { Others } from './others'

/** The queue that `OtherStacks` is of; its items are known by their places, 0 being the oldest. */
export interface QueuedOthers {
  /** Adds an item to some of the accumulators that are objects. */
  addOthers(i: number, others: unknown[], which: readonly number[]): void
  /** Takes an item out of those of them that forget without a trace. */
  removeOthers(i: number, others: unknown[]): void
}

/**
 * The accumulators of a queue that are objects, by two stacks as its numbers are (see `TwoStacks`), but for multisets: what
 * leaves them leaves no trace, so one of each is enough.
 */
export class OtherStacks {
  /** What of the newest items is merged. */
  back: unknown[]
  /** For each item of the front, the newest first: what is merged of it and of all that came after it. */
  private front: unknown[][] = []
  private readonly running: unknown[]

  constructor(
    private readonly of: Others,
    private readonly queue: QueuedOthers
  ) {
    this.back = of.create()
    this.running = of.create()
  }

  /** Item `i` has entered the queue. */
  enter(i: number): void {
    const { queue, of } = this
    queue.addOthers(i, this.back, of.stacked)
    queue.addOthers(i, this.running, of.removable)
  }

  /** The oldest item, which is in the front, is about to leave the queue. */
  leave(): void {
    this.queue.removeOthers(0, this.running)
    this.front.pop()
  }

  /** Makes the oldest `count` items the front, and the back empty. */
  flip(count: number): void {
    const { of, queue } = this
    this.back = of.create()
    if (of.stacked.length === 0) return
    this.front = []
    for (let n = 0; n < count; n++) {
      const others = of.create()
      queue.addOthers(count - 1 - n, others, of.stacked)
      if (n > 0) of.merge(others, this.front[n - 1], of.stacked)
      this.front.push(others)
    }
  }

  /** All `length` items go into the back. */
  mend(length: number): void {
    const { of, queue } = this
    this.front = []
    this.back = of.create()
    for (let i = 0; i < length; i++) queue.addOthers(i, this.back, of.stacked)
  }

  /** Of all items: to be read at once and not to be changed. */
  total(): unknown[] {
    const { of, front, back, running } = this
    if (of.stacked.length === 0) return running
    const total = of.create()
    if (front.length > 0) of.merge(total, front[front.length - 1], of.stacked)
    of.merge(total, back, of.stacked)
    for (const i of of.removable) total[i] = running[i]
    return total
  }
}
