import type { Timestamp } from '../../record'

/** What can be scheduled: a key, by the time its state says; `due` is the schedule's own to write. */
export interface Scheduled {
  /** Place in the order in which keys were first seen. */
  readonly order: number
  readonly state: { due: Timestamp }
}

/**
 * Which key is to be looked at when: the earliest first, ties in first-seen order. A key counts once, by its `due`; what
 * it was scheduled for otherwise is stale and passed over. A heap in two arrays.
 */
export class Schedule<K extends Scheduled> {
  private readonly times: Timestamp[] = []
  private readonly keys: K[] = []

  get isEmpty(): boolean {
    return this.times.length === 0
  }

  /** The earliest time, at which there may be nothing to do any more; Infinity where none is scheduled. */
  next(): Timestamp {
    return this.times.length > 0 ? this.times[0] : Infinity
  }

  /** Has `key` looked at by `time`, unless that is so already. */
  add(key: K, time: Timestamp): void {
    if (time >= key.state.due) return
    key.state.due = time
    const { times, keys } = this
    let i = times.length
    times.push(time)
    keys.push(key)
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (times[parent] < time || (times[parent] === time && keys[parent].order < key.order)) break
      times[i] = times[parent]
      keys[i] = keys[parent]
      i = parent
    }
    times[i] = time
    keys[i] = key
  }

  /** Takes the key at `next()` out; `undefined` where that was stale. */
  take(): K | undefined {
    const { times, keys } = this
    const [time] = times
    const [key] = keys
    const lastTime = times.pop() as Timestamp
    const lastKey = keys.pop() as K
    if (times.length > 0) this.sink(lastTime, lastKey)
    if (key.state.due !== time) return undefined
    key.state.due = Infinity
    return key
  }

  private sink(time: Timestamp, key: K): void {
    const { times, keys } = this
    const { length } = times
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= length) break
      if (child + 1 < length && this.isBefore(child + 1, times[child], keys[child])) child++
      if (!this.isBefore(child, time, key)) break
      times[i] = times[child]
      keys[i] = keys[child]
      i = child
    }
    times[i] = time
    keys[i] = key
  }

  private isBefore(i: number, time: Timestamp, key: K): boolean {
    return this.times[i] < time || (this.times[i] === time && this.keys[i].order < key.order)
  }

  clear(): void {
    this.times.length = 0
    this.keys.length = 0
  }
}
