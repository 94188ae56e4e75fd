const quarter = 900_000
const hour = 4 * quarter
const day = 24 * hour

/** The wall clock of a zone, written as if it were UTC. Everything is searched for, nothing is computed. */
export interface WallClock {
  show(time: number): number
  /** The first time at which it shows `shown`; of a skipped one: as if it had not yet been put forward. */
  timeOf(shown: number): number
  /**
   * The watermark at which all times that are shown as less than `end` have passed: the last time shown as `end` - 1 ms;
   * where none is, Flink waits for the moment at which the clock is put forward.
   */
  completeAt(end: number): number
}

export const utc: WallClock = { show: time => time, timeOf: shown => shown, completeAt: end => end - 1 }

/** The times, in order, that a clock of any zone may show as `shown`. */
const candidates = (shown: number): number[] =>
  Array.from({ length: 26 * 4 + 1 }, (_, i) => shown - 14 * hour + i * quarter)

function remembered(of: (time: number) => number): (time: number) => number {
  const known = new Map<number, number>()
  return time => known.get(time) ?? known.set(time, of(time)).get(time)!
}

export function wallClock(timeZone: string): WallClock {
  if (timeZone === 'UTC') return utc
  // the way Swedes write it is that of ISO 8601: 2024-03-31 03:00:00
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const showSecond = remembered(second => Date.parse(`${format.format(second).replace(' ', 'T')}Z`))
  const show = (time: number): number => {
    const second = Math.floor(time / 1000) * 1000
    return showSecond(second) + (time - second)
  }
  return {
    show,
    timeOf: remembered(
      shown => candidates(shown).find(time => show(time) === shown) ?? shown - (show(shown - day) - (shown - day))
    ),
    completeAt: remembered(
      end =>
        candidates(end - 1).findLast(time => show(time) === end - 1) ??
        candidates(Math.floor(end / quarter) * quarter).find(time => show(time) >= end)!
    )
  }
}
