import type { Timestamp } from '../../record'

interface Entry<T> {
  time: Timestamp
  item: T
}

/** Items in the order of their times, ties in the order they came. Found by binary search; the oldest leave in amortised O(1). */
export class TimeOrdered<T> {
  private list: Entry<T>[] = []
  private head = 0

  get length(): number {
    return this.list.length - this.head
  }

  /** Place of the first item with a time of at least `time`. */
  private lowerBound(time: Timestamp): number {
    let low = this.head
    let high = this.list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.list[middle].time < time) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The smallest time; there must be an item. */
  oldest(): Timestamp {
    return this.list[this.head].time
  }

  insert(time: Timestamp, item: T): void {
    const { list } = this
    let i = list.length
    list.push({ time, item })
    const entry = list[i]
    for (; i > this.head && list[i - 1].time > time; i--) list[i] = list[i - 1]
    list[i] = entry
  }

  /** The items with a time in [from, to]. */
  between(from: Timestamp, to: Timestamp): Entry<T>[] {
    const found: Entry<T>[] = []
    for (let i = this.lowerBound(from); i < this.list.length && this.list[i].time <= to; i++) found.push(this.list[i])
    return found
  }

  /** Drops the items older than `time`; returns how many. */
  dropBefore(time: Timestamp): number {
    const to = this.lowerBound(time)
    const gone = to - this.head
    this.head = to
    if (this.head > 16 && this.head * 2 > this.list.length) {
      this.list = this.list.slice(this.head)
      this.head = 0
    }
    return gone
  }

  entries(): Entry<T>[] {
    return this.list.slice(this.head)
  }
}
