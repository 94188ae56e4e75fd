import type { Timestamp } from '../record'
import type { Clock } from './clock'

/**
 * The time of arrival: the wall clock, but it never goes back. Where the clock is put back, this one goes on from where
 * it stood, and a tenth slower until both agree again.
 */
export class SteadyClock {
  private last: Timestamp = -Infinity
  /** By how much this clock is ahead of the wall clock, in whole tenths of a ms: fractions would add up wrong. */
  private ahead = 0

  /** `onBack` is told by how many ms the clock was put back. */
  constructor(
    private readonly clock: Clock,
    private readonly onBack: (by: number) => void
  ) {}

  now(): Timestamp {
    const time = this.clock.now()
    const step = time - this.last
    if (step < 0) {
      this.ahead -= 10 * step
      this.onBack(-step)
    } else this.ahead = Math.max(0, this.ahead - step)
    this.last = time
    return time + Math.ceil(this.ahead / 10)
  }

  /** The wall clock once showed at least `time`. */
  sawAtLeast(time: Timestamp): void {
    this.last = Math.max(this.last, time)
  }

  /** What the wall clock will show when this one comes to `time`, or a little earlier. */
  wallTimeOf(time: Timestamp): Timestamp {
    return time - this.ahead / 10
  }
}
