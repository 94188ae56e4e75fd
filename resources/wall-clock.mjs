// Clocks of time zones, for previews of windows that follow one.
import { isTimezone } from './checks.mjs'

const outermost = 8.64e15

/** By how many ms the clock of the zone is ahead of UTC at `time`. */
function aheadAt(time, timeZone) {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(time)
  const { value } = parts.find(({ type }) => type === 'timeZoneName')
  const [, sign, ...units] = /([+-])(\d+):(\d+):?(\d+)?/.exec(value) ?? ['', '+', 0, 0, 0]
  const [hours, minutes, seconds] = units.map(unit => Number(unit ?? 0))
  return Number(`${sign}1`) * (hours * 3_600_000 + minutes * 60_000 + seconds * 1000)
}

/** When a clock of the zone shows what one of UTC shows at `wall`; UTC where there is no such zone, or no such Date. */
export function momentOf(wall, zone) {
  if (Math.abs(wall) > outermost - 86_400_000 || !isTimezone(zone)) return wall
  return wall - aheadAt(wall - aheadAt(wall, zone), zone)
}
