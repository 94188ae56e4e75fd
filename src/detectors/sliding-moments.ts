import { packed, unpacked } from '../state/packed'

/** What `SlidingMoments` remembers; all else follows from it. */
export interface SlidingMomentsSnapshot {
  ring: string
  at: number
  isFull: boolean
  /** Mean and sum of squared differences of the newer part: text, for the latter may be infinite. */
  newer: string
}

const grownFrom = 32

/**
 * Mean and deviation of the last `size` numbers in amortised O(1) a number, by two stacks over a ring: the older part
 * has its moments from each place to its end, the newer part is summed up as it grows, and the two are merged (Chan,
 * Golub & LeVeque 1979). Nothing is ever subtracted, so what has left the window leaves no trace.
 */
export class SlidingMoments {
  private ring: Float64Array
  private olderMean = new Float64Array(0)
  private olderM2 = new Float64Array(0)
  /** Next place in the ring: the oldest number once the ring is full. */
  private at = 0
  private isFull = false
  private newerMean = 0
  private newerM2 = 0
  private merged = true
  private mergedMean = 0
  private mergedM2 = 0

  constructor(private readonly size: number) {
    this.ring = new Float64Array(Math.min(size, grownFrom))
  }

  /** How many numbers are in the window. */
  get count(): number {
    return this.isFull ? this.size : this.at
  }

  /** Of no numbers: 0. */
  get mean(): number {
    if (!this.merged) this.merge()
    return this.mergedMean
  }

  /** Sample standard deviation, finite; of fewer than two numbers: 0. */
  get deviation(): number {
    if (!this.merged) this.merge()
    const n = this.count
    return n > 1 ? Math.min(Number.MAX_VALUE, Math.sqrt(this.mergedM2 / (n - 1))) : 0
  }

  /** Takes a number in; the oldest leaves where there is one too many. */
  push(x: number): void {
    if (this.at === this.ring.length) this.grow()
    this.ring[this.at++] = x
    const d = x - this.newerMean
    this.newerMean += d / this.at
    this.newerM2 += d * (x - this.newerMean)
    this.merged = false
    if (this.at === this.size) this.turn()
  }

  private grow(): void {
    const ring = new Float64Array(Math.min(this.size, 2 * this.ring.length))
    ring.set(this.ring)
    this.ring = ring
  }

  /** The newer part becomes the older one. */
  private turn(): void {
    this.sumUp(0)
    this.isFull = true
    this.at = 0
    this.newerMean = this.newerM2 = 0
  }

  /** Moments of the ring from each place that is not before `from` to its end. */
  private sumUp(from: number): void {
    const { ring, size } = this
    if (this.olderMean.length < size) {
      this.olderMean = new Float64Array(size)
      this.olderM2 = new Float64Array(size)
    }
    const { olderMean, olderM2 } = this
    let mean = 0
    let m2 = 0
    for (let i = size - 1; i >= from; i--) {
      const x = ring[i]
      const d = x - mean
      mean += d / (size - i)
      m2 += d * (x - mean)
      olderMean[i] = mean
      olderM2[i] = m2
    }
  }

  private merge(): void {
    const { at, newerMean, newerM2, size } = this
    this.merged = true
    if (!this.isFull) {
      this.mergedMean = newerMean
      this.mergedM2 = newerM2
      return
    }
    const mean = this.olderMean[at]
    if (at === 0) {
      this.mergedMean = mean
      this.mergedM2 = this.olderM2[at]
      return
    }
    const d = newerMean - mean
    this.mergedMean = mean + (d * at) / size
    this.mergedM2 = this.olderM2[at] + newerM2 + (d * d * (size - at) * at) / size
  }

  clear(): void {
    this.at = 0
    this.isFull = false
    this.newerMean = this.newerM2 = 0
    this.merged = false
  }

  snapshot(): SlidingMomentsSnapshot {
    const { at, isFull } = this
    const ring = packed(this.ring.subarray(0, this.count))
    return { ring, at, isFull, newer: packed(Float64Array.of(this.newerMean, this.newerM2)) }
  }

  restore({ ring, at, isFull, newer }: SlidingMomentsSnapshot): void {
    const numbers = unpacked(ring, Float64Array)
    this.ring = new Float64Array(Math.min(this.size, Math.max(grownFrom, numbers.length)))
    this.ring.set(numbers)
    this.at = at
    this.isFull = isFull
    ;[this.newerMean, this.newerM2] = unpacked(newer, Float64Array)
    this.merged = false
    if (isFull) this.sumUp(at)
  }
}
