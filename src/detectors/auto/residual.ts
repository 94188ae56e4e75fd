import { TwoTails } from './tail'

/** How fast the running median moves. */
const rate = 0.02
/** Distances after which the running median means something. */
const settled = 20

/** First evidence: the value is far from the forecast, in running medians of such distances. */
export class Residual {
  private readonly tails = new TwoTails()
  /** Running median of the sizes; 0 before there was any. */
  private median = 0
  private count = 0
  private size = 0

  /** Never 0: distances are not finer than a millionth of the range. */
  private scale(range: number): number {
    return Math.max(this.median, range * 1e-6, Number.MIN_VALUE)
  }

  surprise(residual: number, range: number): number {
    this.size = clip(residual / this.scale(range))
    return this.tails.surprise(this.size)
  }

  learn(residual: number): void {
    // the first sizes are in a unit that is not yet known
    if (this.count >= settled) this.tails.add(this.size)
    const size = Math.abs(residual)
    if (this.median === 0) this.median = size
    else this.median *= size > this.median ? 1 + this.step() : 1 - this.step()
  }

  private step(): number {
    return Math.max(rate, 1 / (++this.count + 1))
  }

  /** The residuals that have this surprise, below and above; as wide as the range while that is not known. */
  band(surprise: number, range: number): [number, number] {
    if (this.count < 3 * settled) return [-range, range]
    const [below, above] = this.tails.sizesAt(surprise)
    const scale = this.scale(range)
    return [below * scale, above * scale]
  }

  snapshot(): { tails: ReturnType<TwoTails['snapshot']>; median: number; count: number } {
    return { tails: this.tails.snapshot(), median: this.median, count: this.count }
  }

  restore({ tails, median, count }: ReturnType<Residual['snapshot']>): void {
    this.tails.restore(tails)
    this.median = median
    this.count = count
  }
}

const clip = (size: number): number => Math.max(-1e9, Math.min(1e9, size))
