import type { Timestamp } from '../record'

/**
 * When each key is to be looked at. A key has at most one time, the earliest that it was given; once that has come it has
 * none. Keys are known by their slots, see `KeyedState`. To advance costs what is due, not the number of keys.
 */
export class Timers {
  /** The times that have keys, as a binary heap, and beside each its keys; some of them may have got another time since. */
  private readonly times: Timestamp[] = []
  private readonly lists: number[][] = []
  /** The time that was added to last, and its keys: the next key often has the same. Another may be in the heap twice. */
  private last: Timestamp = NaN
  private lastSlots: number[] = []
  /** The time that was reached last, its keys, and how many of them were taken. */
  now: Timestamp = -Infinity
  private current: number[] = []
  private taken = 0

  /** By slot: `order` in which keys were first seen; `due` is the timers' own to write, Infinity: the key has no time. */
  constructor(
    private readonly order: readonly number[],
    private readonly due: Timestamp[]
  ) {}

  /** The earliest time, at which there may be nothing to do any more; Infinity where there is none. */
  next(): Timestamp {
    if (this.taken < this.current.length) return this.now
    return this.times.length > 0 ? this.times[0] : Infinity
  }

  /** Has the key looked at by `time`, unless that is so already. */
  add(slot: number, time: Timestamp): void {
    if (time >= this.due[slot]) return
    this.due[slot] = time
    if (time === this.last) this.lastSlots.push(slot)
    else {
      this.last = time
      this.lastSlots = [slot]
      this.rise(time, this.lastSlots)
    }
  }

  /**
   * Takes a key whose time has come by `until`, which then has none: the earliest first, ties in first-seen order.
   * `undefined` where there is none.
   */
  take(until: Timestamp): number | undefined {
    for (;;) {
      while (this.taken < this.current.length) {
        const slot = this.current[this.taken++]
        if (this.due[slot] !== this.now) continue
        this.due[slot] = Infinity
        return slot
      }
      if (this.times.length === 0 || this.times[0] > until) return undefined
      this.begin()
    }
  }

  /** Takes the earliest time out. */
  private begin(): void {
    const [time] = this.times
    this.now = time
    this.taken = 0
    this.current = this.pop()
    while (this.times[0] === time) for (const slot of this.pop()) this.current.push(slot)
    if (time === this.last) this.last = NaN
    sort(this.current, this.order)
  }

  /** Takes the root out of the heap, which must not be empty. */
  private pop(): number[] {
    const [slots] = this.lists
    this.sink(this.times.pop() as Timestamp, this.lists.pop() as number[])
    return slots
  }

  private rise(time: Timestamp, slots: number[]): void {
    const { times, lists } = this
    let i = times.push(time) - 1
    lists.push(slots)
    for (let parent; i > 0 && times[(parent = (i - 1) >> 1)] > time; i = parent) {
      times[i] = times[parent]
      lists[i] = lists[parent]
    }
    times[i] = time
    lists[i] = slots
  }

  /** Puts `time` in the place of the root. */
  private sink(time: Timestamp, slots: number[]): void {
    const { times, lists } = this
    if (times.length === 0) return
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= times.length) break
      if (child + 1 < times.length && times[child + 1] < times[child]) child++
      if (times[child] >= time) break
      times[i] = times[child]
      lists[i] = lists[child]
      i = child
    }
    times[i] = time
    lists[i] = slots
  }

  clear(): void {
    for (const slots of [this.current, ...this.lists]) for (const slot of slots) this.due[slot] = Infinity
    this.times.length = this.lists.length = 0
    this.last = NaN
    this.current = []
    this.taken = 0
  }
}

/**
 * Sorts slots by the order of their keys. Numbers are sorted many times faster than by a function that compares; these
 * are exact up to 2^53, which is 90,000,000,000 keys one after the other where there is room for 100,000.
 */
function sort(slots: number[], order: readonly number[]): void {
  const { length } = slots
  let isSorted = true
  for (let i = 1; i < length && isSorted; i++) isSorted = order[slots[i - 1]] < order[slots[i]]
  if (isSorted) return
  const size = order.length
  const ranks = new Float64Array(length)
  for (let i = 0; i < length; i++) ranks[i] = order[slots[i]] * size + slots[i]
  ranks.sort()
  // as integers of 32 bits: else V8 takes slots for doubles wherever they are read
  for (let i = 0; i < length; i++) slots[i] = (ranks[i] - Math.floor(ranks[i] / size) * size) | 0
}
