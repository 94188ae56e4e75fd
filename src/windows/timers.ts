import type { Timestamp } from '../record'

/** What is to happen when: entries by time, the earliest first, in O(log n) of the distinct times. */
export class Timers<T> {
  private readonly entries = new Map<Timestamp, T[]>()
  private readonly heap: Timestamp[] = []

  /** Is something to happen by `time`? */
  isDue(time: Timestamp): boolean {
    return this.heap.length > 0 && this.heap[0] <= time
  }

  /** The earliest time; Infinity where nothing is to happen. */
  next(): Timestamp {
    return this.heap.length > 0 ? this.heap[0] : Infinity
  }

  add(time: Timestamp, entry: T): void {
    const list = this.entries.get(time)
    if (list) {
      list.push(entry)
      return
    }
    this.entries.set(time, [entry])
    let i = this.heap.push(time) - 1
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (this.heap[parent] <= time) break
      this.heap[i] = this.heap[parent]
      i = parent
    }
    this.heap[i] = time
  }

  /** Takes out what is due at the earliest time. */
  take(): T[] {
    const [time] = this.heap
    const last = this.heap.pop() as Timestamp
    if (this.heap.length > 0) this.sink(last)
    const list = this.entries.get(time) as T[]
    this.entries.delete(time)
    return list
  }

  private sink(time: Timestamp): void {
    const { heap } = this
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) child++
      if (heap[child] >= time) break
      heap[i] = heap[child]
      i = child
    }
    heap[i] = time
  }

  clear(): void {
    this.entries.clear()
    this.heap.length = 0
  }
}
