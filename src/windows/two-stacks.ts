/** What slides: an accumulation whose accumulators are `A` and that takes items `T`. */
export interface Slidable<T, A> {
  create(): A
  add(into: A, item: T): void
  merge(into: A, other: A): void
}

/** Plain data, where the items are. */
export interface TwoStacksSnapshot<T> {
  items: T[]
  /** How many of them, the oldest, are in the stack of the old. */
  front: number
}

/**
 * A queue that knows the aggregate of all it holds, in amortised constant time and without ever subtracting:
 * new items go into one accumulator, old ones leave from a stack of aggregates of "this and all that came later".
 * K. Tangwongsan, M. Hirzel, S. Schneider, Low-latency sliding-window aggregation in worst-case constant time (2017).
 */
export class TwoStacks<T, A> {
  private items: (T | undefined)[] = []
  private head = 0
  /** Aggregates of items head .. flipped, the last element is that of the oldest item. */
  private front: A[] = []
  private back: A

  constructor(private readonly of: Slidable<T, A>) {
    this.back = of.create()
  }

  get length(): number {
    return this.items.length - this.head
  }

  /** The oldest item. */
  peek(): T | undefined {
    return this.items[this.head]
  }

  /** The item pushed last. */
  newest(): T | undefined {
    return this.items[this.items.length - 1]
  }

  push(item: T): void {
    this.items.push(item)
    this.of.add(this.back, item)
  }

  /** Drops the oldest item. */
  evict(): void {
    if (this.front.length === 0) this.flip()
    this.front.pop()
    this.items[this.head++] = undefined
    if (this.head > 64 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head)
      this.head = 0
    }
  }

  private flip(): void {
    let older: A | undefined
    for (let i = this.items.length - 1; i >= this.head; i--) {
      const aggregate = this.of.create()
      if (older !== undefined) this.of.merge(aggregate, older)
      this.of.add(aggregate, this.items[i] as T)
      this.front.push(aggregate)
      older = aggregate
    }
    this.back = this.of.create()
  }

  /** The aggregate of all items, in an accumulator of its own. */
  aggregate(): A {
    const result = this.of.create()
    if (this.front.length > 0) this.of.merge(result, this.front[this.front.length - 1])
    this.of.merge(result, this.back)
    return result
  }

  /** The items and how they are split: put together another way, floating-point sums would differ in the last digit. */
  snapshot(): TwoStacksSnapshot<T> {
    return { items: this.toArray(), front: this.front.length }
  }

  /** Replaces everything by a snapshot. */
  restore({ items, front }: TwoStacksSnapshot<T>): void {
    this.items = items.slice(0, front)
    this.head = 0
    this.front = []
    if (front > 0) this.flip()
    this.back = this.of.create()
    for (const item of items.slice(front)) this.push(item)
  }

  /** The items, oldest first. */
  toArray(): T[] {
    return this.items.slice(this.head) as T[]
  }
}
