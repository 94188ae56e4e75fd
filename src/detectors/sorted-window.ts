import { packed, unpacked } from '../state/packed'

/** The last `size` numbers, also in ascending order: finding is O(log n), a change moves what lies between. */
export class SortedWindow {
  private queue: Float64Array
  private sorted: Float64Array
  /** Next place in the queue: the oldest number once the queue is full. */
  private at = 0
  count = 0

  constructor(private readonly size: number) {
    const start = Math.min(size, 32)
    this.queue = new Float64Array(start)
    this.sorted = new Float64Array(start)
  }

  /** The numbers in ascending order: the first `count` places. */
  get values(): Readonly<Float64Array> {
    return this.sorted
  }

  /** Percentile by linear interpolation at p (n - 1), `share` in [0, 1]; not of an empty window. */
  quantile(share: number): number {
    const place = share * (this.count - 1)
    const rank = Math.floor(place)
    const low = this.sorted[rank]
    return rank === place ? low : low + (place - rank) * (this.sorted[rank + 1] - low)
  }

  /** How many numbers are below `x`, and how many below `y`; not of an empty window. */
  private below(x: number, y: number): [number, number] {
    const { sorted, count } = this
    let [belowX, belowY] = [0, 0]
    // no branch depends on the data, as the processor would guess every other one wrongly; and two searches cost one
    for (let left = count; left > 1;) {
      const half = left >> 1
      belowX += half * Number(sorted[belowX + half - 1] < x)
      belowY += half * Number(sorted[belowY + half - 1] < y)
      left -= half
    }
    return [belowX + Number(sorted[belowX] < x), belowY + Number(sorted[belowY] < y)]
  }

  push(x: number): void {
    if (this.count === this.size) this.replace(this.queue[this.at], x)
    else this.insert(x)
    this.queue[this.at] = x
    this.at = this.at + 1 === this.size ? 0 : this.at + 1
  }

  private insert(x: number): void {
    if (this.count === this.sorted.length) this.grow()
    const [place] = this.count === 0 ? [0] : this.below(x, x)
    this.sorted.copyWithin(place + 1, place, this.count++)
    this.sorted[place] = x
  }

  private replace(old: number, x: number): void {
    const [from, to] = this.below(old, x)
    if (to > from) {
      this.sorted.copyWithin(from, from + 1, to)
      this.sorted[to - 1] = x
    } else {
      this.sorted.copyWithin(to + 1, to, from)
      this.sorted[to] = x
    }
  }

  private grow(): void {
    const length = Math.min(this.size, 2 * this.sorted.length)
    const [queue, sorted] = [new Float64Array(length), new Float64Array(length)]
    queue.set(this.queue)
    sorted.set(this.sorted)
    this.queue = queue
    this.sorted = sorted
  }

  /** The numbers, oldest first. */
  snapshot(): string {
    const { queue, at, count } = this
    const oldestFirst = new Float64Array(count)
    const start = count < this.size ? 0 : at
    oldestFirst.set(queue.subarray(start, count))
    oldestFirst.set(queue.subarray(0, start), count - start)
    return packed(oldestFirst)
  }

  restore(snapshot: string): void {
    this.at = this.count = 0
    for (const x of unpacked(snapshot, Float64Array)) this.push(x)
  }
}
