import { packed, unpacked } from '../../state/packed'
import { octaves, type Scale } from './scale'

/** So many of the largest sizes make the tail that is extrapolated. */
const extrapolated = 60
/** Sizes after which all that were seen count half. */
const memory = 1 << 18

/**
 * How rare a size is among all that were seen: their histogram on a logarithmic scale, kept as a Fenwick tree (1994) so
 * that both adding and counting take O(log bins). Beyond the 60 largest sizes the tail is taken as exponential, with the
 * mean excess of those: what is rarer than ever seen has a share too.
 */
export class Tail {
  private tree: Float32Array
  private total = 0

  constructor(private readonly scale: Scale) {
    this.tree = new Float32Array(scale.bins + 1)
  }

  /** How many sizes lie in the bins up to `bin`; bins are counted from 1. */
  private upTo(bin: number): number {
    let sum = 0
    for (; bin > 0; bin &= bin - 1) sum += this.tree[bin]
    return sum
  }

  /** How many sizes lie in one bin. */
  private inBin(bin: number): number {
    let count = this.tree[bin]
    const end = bin & (bin - 1)
    for (let i = bin - 1; i > end; i &= i - 1) count -= this.tree[i]
    return count
  }

  /** The last bin up to which at most `count` sizes lie. */
  private binAt(count: number): number {
    let bin = 0
    for (let step = 1 << (31 - Math.clz32(this.scale.bins)); step > 0; step >>= 1) {
      if (bin + step <= this.scale.bins && this.tree[bin + step] <= count) count -= this.tree[(bin += step)]
    }
    return bin
  }

  /** -log of the share of sizes that were at least `size`; 0 while hardly any were seen. */
  surprise(size: number): number {
    const { total, scale } = this
    if (total < 20) return 0
    const many = Math.min(extrapolated, total / 2)
    const bin = scale.binOf(size)
    const above = total - this.upTo(bin)
    const low = scale.edges[bin - 1]
    const part = (size - low) / (scale.edges[bin] - low)
    const atLeast = above + this.inBin(bin) * (1 - (part > 0 ? (part < 1 ? part : 1) : 0))
    if (atLeast >= many) return -Math.log((atLeast + 0.5) / (total + 1))
    const { knee, count, excess } = this.knee(many)
    return -Math.log((count + 0.5) / (total + 1)) + Math.max(0, size - knee) / excess
  }

  /** Where the tail begins, how many sizes are in it, and by how much they pass its beginning on average. */
  private knee(many: number): { knee: number; count: number; excess: number } {
    const { bins, edges } = this.scale
    const bin = this.binAt(this.total - many)
    const knee = edges[bin]
    const count = this.total - this.upTo(bin)
    let sum = 0
    for (let i = bin + 1, left = count; i <= bins && left > 0; i++) {
      const here = this.inBin(i)
      sum += (here * (edges[i - 1] + edges[i])) / 2
      left -= here
    }
    return { knee, count, excess: Math.max(count > 0 ? sum / count - knee : 0, knee * 0.05, Number.MIN_VALUE) }
  }

  /** The size that has this surprise, 0 where hardly any were seen; the way back of `surprise`. */
  sizeAt(surprise: number): number {
    const many = Math.min(extrapolated, this.total / 2)
    if (this.total < 20) return 0
    const count = this.total * Math.exp(-surprise)
    if (count >= many) return this.between(this.total - count)
    const tail = this.knee(many)
    return tail.knee + tail.excess * Math.max(0, surprise + Math.log((tail.count + 0.5) / (this.total + 1)))
  }

  /** The size below which `count` sizes lie. */
  private between(count: number): number {
    const { edges, bins } = this.scale
    const bin = Math.min(this.binAt(count), bins - 1)
    const part = (count - this.upTo(bin)) / this.inBin(bin + 1)
    return edges[bin] + part * (edges[bin + 1] - edges[bin])
  }

  add(size: number): void {
    const { bins } = this.scale
    for (let i = this.scale.binOf(size); i <= bins; i += i & -i) this.tree[i]++
    if (++this.total < memory) return
    for (let i = 1; i <= bins; i++) this.tree[i] /= 2
    this.total /= 2
  }

  snapshot(): { tree: string; total: number } {
    return { tree: packed(this.tree), total: this.total }
  }

  restore({ tree, total }: ReturnType<Tail['snapshot']>): void {
    this.tree = unpacked(tree, Float32Array)
    this.total = total
  }
}

/** Sizes in a unit that fits the stream, such as sigmas. */
const sizes = octaves(-8, 24, 2)

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
