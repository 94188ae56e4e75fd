import type { Timestamp } from '#engine/record'
import { turnClock } from './turn-clock'

/** Calls `wake` at a time of the wall clock that may be set anew at any moment. */
export class Waker {
  private at: Timestamp = Infinity
  private cancel = (): void => undefined

  constructor(private readonly wake: () => void) {}

  /** Wakes at `time` and at no other; Infinity: not at all. */
  set(time: Timestamp): void {
    if (time === this.at) return
    this.cancel()
    this.at = time
    if (time === Infinity) return
    this.cancel = turnClock.at(time, () => {
      this.at = Infinity
      this.wake()
    })
  }

  stop(): void {
    this.set(Infinity)
  }
}
