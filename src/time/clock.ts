import type { Timestamp } from '../record'

/** The wall clock, as far as the engine may see it. */
export interface Clock {
  now(): Timestamp
  /** Calls `wake` once, at `time` by this clock or a little later; returns how to call it off. */
  at(time: Timestamp, wake: () => void): () => void
}

/** setTimeout fires at once beyond 24.8 days, and a clock may be set while we sleep: so nobody sleeps longer than this. */
const longestSleep = 10_000

/** The clock of this computer. It does not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(time, wake) {
    let timer: NodeJS.Timeout
    const sleep = (): void => {
      const left = time - Date.now()
      if (left <= 0) wake()
      else timer = setTimeout(sleep, Math.min(left, longestSleep)).unref()
    }
    timer = setTimeout(sleep, Math.max(0, Math.min(time - Date.now(), longestSleep))).unref()
    return () => clearTimeout(timer)
  }
}
