import type { History } from './history'

const shortest = 8
const longest = 400
/** A longer lag has to differ by so much less. */
const harmonic = 0.6
/** Records between two looks. */
const pace = 1024

/**
 * The length of the cycle of a stream that has one, in records, whatever its time says: the lag at which it differs
 * least from itself, among the mean difference of all shorter lags (de Cheveigné & Kawahara 2002, step 3).
 */
export class Cycle {
  /** 0: no cycle is known. */
  lag = 0

  constructor(private readonly history: History) {}

  /** Looks again, now and then. */
  learn(): void {
    const { count } = this.history
    if (count === 128 || count === 256 || count === 512 || count % pace === 0) this.lag = this.find()
  }

  private find(): number {
    const { history } = this
    let sum = 0
    let least = 0.5
    let best = 0
    for (let lag = 1; lag <= Math.min(longest, history.known >> 1); lag++) {
      const difference = history.differenceAt(lag)
      sum += difference
      // what repeats after one cycle does after two as well: they have to do better
      if (lag < shortest || difference * lag >= (best > 0 ? harmonic : 1) * least * sum) continue
      least = (difference * lag) / sum
      best = lag
    }
    return best
  }
}
