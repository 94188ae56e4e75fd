import type { History } from './history'

const shortest = 8
const longest = 400
/** At a multiple of its cycle a stream differs from itself as little: another lag has to do so much better. */
const advantage = 0.6
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
      if (lag < shortest) continue
      const share = ((difference * lag) / sum) * (areNear(lag, this.lag) ? advantage : 1)
      if (share >= (best === 0 || areNear(lag, best) ? least : advantage * least)) continue
      least = share
      best = lag
    }
    return best
  }
}

/** Are two lags of one cycle, which is never quite the same? */
const areNear = (a: number, b: number): boolean => Math.abs(a - b) <= b / 5
