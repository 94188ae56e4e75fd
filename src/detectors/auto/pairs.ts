import { packed, unpacked } from '../../state/packed'

export const levels = 32
/** What each pair counts before it was ever seen. */
const prior = 0.05
const full = 65_535

/** How often each of the `levels` came after each other one. */
export class Pairs {
  private counts = new Uint16Array(levels * levels)
  private totals = new Float32Array(levels)

  /** The share of `level` among all that came after `before`. */
  share(before: number, level: number): number {
    return (this.counts[before * levels + level] + prior) / (this.totals[before] + prior * levels)
  }

  add(before: number, level: number): void {
    const { counts, totals } = this
    totals[before]++
    if (++counts[before * levels + level] < full) return
    totals[before] = 0
    for (let i = before * levels; i < (before + 1) * levels; i++) totals[before] += counts[i] >>= 1
  }

  snapshot(): [string, string] {
    return [packed(this.counts), packed(this.totals)]
  }

  restore([counts, totals]: ReturnType<Pairs['snapshot']>): void {
    this.counts = unpacked(counts, Uint16Array)
    this.totals = unpacked(totals, Float32Array)
  }
}
