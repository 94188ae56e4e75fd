import { packed, unpacked } from '../../state/packed'

/**
 * Sum of the last `size` numbers in amortised O(1) a number, by two stacks over a ring: the older part has its sums from
 * each place to its end, the newer one is summed up as it grows. Nothing is ever subtracted, so what has left the window
 * leaves no trace.
 */
export class SlidingSum {
  /** The newer numbers, and from `at` on the sums of the older ones. */
  private ring: Float64Array
  private at = 0
  private newer = 0
  isFull = false

  constructor(private readonly size: number) {
    this.ring = new Float64Array(size)
  }

  get sum(): number {
    return this.ring[this.at] + this.newer
  }

  push(x: number): void {
    this.ring[this.at++] = x
    this.newer += x
    if (this.at === this.size) this.turn()
  }

  /** The newer part becomes the older one. */
  private turn(): void {
    const { ring } = this
    for (let i = this.size - 1, sum = 0; i >= 0; i--) ring[i] = sum += ring[i]
    this.at = 0
    this.newer = 0
    this.isFull = true
  }

  snapshot(): SlidingSumSnapshot {
    const { at, newer, isFull } = this
    return { ring: packed(this.ring), at, newer, isFull }
  }

  restore({ ring, at, newer, isFull }: SlidingSumSnapshot): void {
    this.ring = unpacked(ring, Float64Array)
    this.at = at
    this.newer = newer
    this.isFull = isFull
  }
}

export interface SlidingSumSnapshot {
  ring: string
  at: number
  newer: number
  isFull: boolean
}
