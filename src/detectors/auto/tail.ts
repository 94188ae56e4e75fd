import { packed, unpacked } from '../../state/packed'
import { Scale } from './scale'

/** So many of the largest sizes make the tail that is extrapolated. */
const extrapolated = 60
/** Sizes after which all that were seen count half. */
const memory = 1 << 18
/** Fewer sizes than these tell nothing. */
const fewest = 20

/**
 * How rare a size is among all that were seen, by their cumulative histogram on a logarithmic scale: adding counts the
 * bins up, which lie side by side, and telling takes two of them. Beyond the 60 largest sizes the tail is taken as
 * exponential, with the mean excess of those: what is rarer than ever seen has a share too.
 */
export class Tail {
  /** How many sizes lie in each bin or a higher one; none lies beyond the last. */
  private atLeast: Float32Array

  constructor(private readonly scale: Scale) {
    this.atLeast = new Float32Array(scale.bins + 1)
  }

  private get total(): number {
    return this.atLeast[0]
  }

  private get many(): number {
    return Math.min(extrapolated, this.total / 2)
  }

  /** -log of the share of sizes that were at least `size`; 0 while hardly any were seen. */
  surprise(size: number): number {
    const { total, many, atLeast } = this
    if (total < fewest) return 0
    const { edges } = this.scale
    const bin = this.scale.binOf(size)
    const part = (size - edges[bin]) / (edges[bin + 1] - edges[bin])
    const inBin = atLeast[bin] - atLeast[bin + 1]
    let count = atLeast[bin + 1] + inBin * (1 - (part > 0 ? (part < 1 ? part : 1) : 0))
    let beyond = 0
    if (count < many) {
      const knee = this.binOf(many)
      count = atLeast[knee]
      beyond = Math.max(0, size - edges[knee]) / this.excess(knee)
    }
    return beyond - Math.log((count + 0.5) / (total + 1))
  }

  /** The highest bin such that `count` sizes, of at least one, lie in it or above. */
  private binOf(count: number): number {
    const { atLeast } = this
    let low = 0
    let high = this.scale.bins
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (atLeast[middle] >= count) low = middle
      else high = middle
    }
    return low
  }

  /** By how much the sizes from a bin on pass its lower edge on average; never 0. */
  private excess(from: number): number {
    const { atLeast } = this
    const { edges } = this.scale
    let sum = 0
    for (let i = from; atLeast[i] > 0; i++) sum += ((atLeast[i] - atLeast[i + 1]) * (edges[i] + edges[i + 1])) / 2
    return Math.max(sum / atLeast[from] - edges[from], edges[from] * 0.05, Number.MIN_VALUE)
  }

  /** The size that has this surprise, 0 where hardly any were seen; the way back of `surprise`. */
  sizeAt(surprise: number): number {
    const { total, many, atLeast } = this
    if (total < fewest) return 0
    const { edges } = this.scale
    const count = total * Math.exp(-surprise)
    const bin = this.binOf(Math.max(many, count))
    if (count < many)
      return edges[bin] + this.excess(bin) * Math.max(0, surprise + Math.log((atLeast[bin] + 0.5) / (total + 1)))
    const part = (atLeast[bin] - count) / (atLeast[bin] - atLeast[bin + 1])
    return edges[bin] + part * (edges[bin + 1] - edges[bin])
  }

  add(size: number): void {
    const { atLeast } = this
    for (let i = this.scale.binOf(size); i >= 0; i--) atLeast[i]++
    if (this.total < memory) return
    for (let i = 0; i < atLeast.length; i++) atLeast[i] /= 2
  }

  snapshot(): string {
    return packed(this.atLeast)
  }

  restore(snapshot: string): void {
    this.atLeast = unpacked(snapshot, Float32Array)
  }
}

/** Sizes in a unit that fits the stream, such as sigmas. */
const sizes = new Scale(-6, 24, 2)

export const tailOfSizes = (): Tail => new Tail(sizes)

/** A signed size: each sign has a tail of its own. */
export class TwoTails {
  private readonly above = tailOfSizes()
  private readonly below = tailOfSizes()

  surprise(size: number): number {
    return size >= 0 ? this.above.surprise(size) : this.below.surprise(-size)
  }

  add(size: number): void {
    if (size >= 0) this.above.add(size)
    else this.below.add(-size)
  }

  /** The sizes below and above zero that have this surprise. */
  sizesAt(surprise: number): [number, number] {
    return [-this.below.sizeAt(surprise), this.above.sizeAt(surprise)]
  }

  snapshot(): { above: ReturnType<Tail['snapshot']>; below: ReturnType<Tail['snapshot']> } {
    return { above: this.above.snapshot(), below: this.below.snapshot() }
  }

  restore({ above, below }: ReturnType<TwoTails['snapshot']>): void {
    this.above.restore(above)
    this.below.restore(below)
  }
}
