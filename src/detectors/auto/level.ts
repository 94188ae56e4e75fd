import type { Baseline } from './baseline'
import { SlidingSum, type SlidingSumSnapshot } from './sliding-sum'
import { TwoTails } from './tail'

/** Records that make a level. */
const records = 36

/** Second evidence: the level of the newest records is not what it should be at this time. */
export class Level {
  private readonly tails = new TwoTails()
  private readonly before = new SlidingSum(records - 1)
  private shift = 0

  /** `distance` of the value from what the level should be. */
  surprise(distance: number, baseline: Baseline): number {
    this.shift = baseline.inDeviations((this.before.sum + distance) / records)
    return this.before.isFull ? this.tails.surprise(this.shift) : 0
  }

  /** Does the surprise lie above what is usual? */
  get isHigh(): boolean {
    return this.shift >= 0
  }

  learn(distance: number): void {
    if (this.before.isFull) this.tails.add(this.shift)
    this.before.push(distance)
  }

  snapshot(): { tails: ReturnType<TwoTails['snapshot']>; before: SlidingSumSnapshot } {
    return { tails: this.tails.snapshot(), before: this.before.snapshot() }
  }

  restore({ tails, before }: ReturnType<Level['snapshot']>): void {
    this.tails.restore(tails)
    this.before.restore(before)
  }
}
