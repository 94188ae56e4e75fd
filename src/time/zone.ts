import type { Timestamp } from '../record'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(timezone: string): Intl.DateTimeFormat {
  let found = formats.get(timezone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit'
    })
    formats.set(timezone, found)
  }
  return found
}

/** Does the computer know this IANA zone? */
export function isTimezone(name: string): boolean {
  // the default: loading the zones would be a sixth of the command line's start
  if (name === 'UTC') return true
  try {
    format(name)
    return true
  } catch {
    return false
  }
}

/** Before this no clock was ever changed, and `Intl` follows the calendars of old. */
const year1800 = Date.UTC(1800, 0)
/** Behind this `Intl` soon knows no date. */
const year9999 = Date.UTC(9999, 0)

/** The wall clock of `timezone` at `time`, written as if it were UTC. */
export function toLocal(time: Timestamp, timezone: string): Timestamp {
  if (time < year1800) return toLocal(year1800, timezone) + time - year1800
  if (time > year9999) return toLocal(year9999, timezone) + time - year9999
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of format(timezone).formatToParts(time)) part[type] = value
  const { year, month, day, hour, minute, second } = part
  const shown = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  return shown + (((time % 1000) + 1000) % 1000)
}

const day = 86_400_000

/**
 * The time at which the wall clock of `timezone` shows `local` (written as if it were UTC). Of times that come twice the
 * first is meant, or the last; a time that the clock skips is taken as if it had not yet been put forward.
 */
export function fromLocal(local: Timestamp, timezone: string, which: 'first' | 'last' = 'first'): Timestamp {
  const withOffsetAt = (near: Timestamp): Timestamp => local - (toLocal(near, timezone) - near)
  // where the clock is put back, the offset before gives the first time, and the one after the last
  const before = withOffsetAt(local - day)
  if (which === 'first' && toLocal(before, timezone) === local) return before
  const after = withOffsetAt(local + day)
  return toLocal(after, timezone) === local ? after : before
}

/** Offsets change at whole quarters of an hour, ms, but for those of former centuries. */
export const quarter = 900_000

/** The offset of a zone from UTC in ms at a time, remembered for the quarter of an hour that was asked for last. */
export function offsetsOf(timezone: string): (time: Timestamp) => number {
  let from = NaN
  let offset = 0
  return time => {
    if (time >= from && time < from + quarter) return offset
    const start = Math.floor(time / quarter) * quarter
    const here = toLocal(time, timezone) - time
    if (
      toLocal(start, timezone) - start === here &&
      toLocal(start + quarter - 1, timezone) - start - quarter + 1 === here
    ) {
      from = start
      offset = here
    }
    return here
  }
}
