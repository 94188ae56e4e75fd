import { packed, unpacked } from '../../state/packed'
import { Tail, tailOfSizes } from './tail'

const levels = 32
const levelsPerSigma = 2
/** How many records ago the other level of a pair was. */
const lags = [1, 4]
const longest = Math.max(...lags)
/** What each pair counts before it was ever seen. */
const prior = 0.05
const full = 65_535

/** Fourth evidence: this level does not follow upon the levels of one and of four records ago. */
export class Habits {
  private readonly tail = tailOfSizes()
  /** How often level b came after level a: a column of `levels` x `levels` for each lag. */
  private pairs = new Uint16Array(lags.length * levels * levels)
  private totals = new Float64Array(lags.length * levels)
  private recent: number[] = []
  private level = 0
  private oddity = 0

  /** `distance` of the value from the mean in deviations. */
  surprise(distance: number): number {
    const level = Math.round(distance * levelsPerSigma) + levels / 2
    this.level = level < 0 ? 0 : level < levels ? level : levels - 1
    this.oddity = 0
    for (let i = 0; i < lags.length && this.recent.length >= lags[i]; i++) {
      const row = this.rowOf(i)
      const share = (this.pairs[row * levels + this.level] + prior) / (this.totals[row] + prior * levels)
      this.oddity -= Math.log(share)
    }
    return this.tail.surprise(this.oddity)
  }

  private rowOf(i: number): number {
    return i * levels + this.recent[lags[i] - 1]
  }

  learn(): void {
    this.tail.add(this.oddity)
    for (let i = 0; i < lags.length && this.recent.length >= lags[i]; i++) this.count(this.rowOf(i))
    this.recent.unshift(this.level)
    if (this.recent.length > longest) this.recent.pop()
  }

  private count(row: number): void {
    this.totals[row]++
    if (++this.pairs[row * levels + this.level] < full) return
    this.totals[row] = 0
    for (let i = row * levels; i < (row + 1) * levels; i++) this.totals[row] += this.pairs[i] >>= 1
  }

  snapshot(): { tail: ReturnType<Tail['snapshot']>; pairs: string; totals: string; recent: number[] } {
    const { pairs, totals, recent } = this
    return { tail: this.tail.snapshot(), pairs: packed(pairs), totals: packed(totals), recent: [...recent] }
  }

  restore({ tail, pairs, totals, recent }: ReturnType<Habits['snapshot']>): void {
    this.tail.restore(tail)
    this.pairs = unpacked(pairs, Uint16Array)
    this.totals = unpacked(totals, Float64Array)
    this.recent = [...recent]
  }
}
