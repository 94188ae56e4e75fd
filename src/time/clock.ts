import type { Timestamp } from '../record'

/** The wall clock, as far as the engine may see it. */
export interface Clock {
  now(): Timestamp
  /**
   * Calls `wake` once, at `time` by this clock or a little later, or where the clock was put back: then who waits has to
   * think again. Returns how to call it off.
   */
  at(time: Timestamp, wake: () => void): () => void
}

/** setTimeout fires at once beyond 24.8 days, and a clock may be set while we sleep: so nobody sleeps longer than this. */
const longestSleep = 10_000

/** The clock of this computer. It does not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(time, wake) {
    let timer: NodeJS.Timeout
    let last = Date.now()
    const sleep = (ms: number): void => {
      timer = setTimeout(look, Math.min(ms, longestSleep)).unref()
    }
    const look = (): void => {
      const now = Date.now()
      if (now >= time || now < last) return wake()
      last = now
      sleep(time - now)
    }
    sleep(Math.max(0, time - last))
    return () => clearTimeout(timer)
  }
}
