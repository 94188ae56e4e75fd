// Readings over a time axis with clock times.
import { monday } from '../samples.mjs'
import { dot, line, path, scale, width, words } from './svg.mjs'

const day = 86_400_000
const two = n => String(n).padStart(2, '0')

/** The wall clock at `ms` of the day, as exactly as steps of `step` need it; the date where they are that long. */
export function clock(ms, step) {
  const rest = ((ms % day) + day) % day
  const time = `${two(Math.floor(rest / 3_600_000))}:${two(Math.floor(rest / 60_000) % 60)}`
  const seconds = step % 60_000 === 0 ? '' : `:${two(Math.floor(rest / 1000) % 60)}`
  const millis = step % 1000 === 0 ? '' : `.${String(Math.floor(rest % 1000)).padStart(3, '0')}`
  if (step < day) return time + seconds + millis
  const date = new Date(monday + ms).toLocaleDateString(undefined, { month: 'short', day: 'numeric', timeZone: 'UTC' })
  return rest === 0 ? date : `${date} ${time}`
}

/** Readings as a line with dots between y = 8 and y = 48. */
export function curve(readings, x, { top = 8, bottom = 48, style = () => 'stream-dot' } = {}) {
  const y = scale(21.2, 23.6, bottom, top)
  return [
    path(
      readings.map(({ time, value }) => [x(time), y(value)]),
      'stream-curve'
    ),
    ...readings.map(reading => dot(x(reading.time), y(reading.value), style(reading), 3))
  ]
}

/** A line with a tick and a clock time at each of `times`; times too close to be read are left out. */
export function axis(times, x, y, label) {
  let free = -Infinity
  const labels = times.map(time => {
    const text = label(time)
    const half = text.length * 2.8
    const at = Math.min(Math.max(x(time), half + 2), width - half - 2)
    if (at - half < free) return ''
    free = at + half + 8
    return words(at, y + 14, text, 'stream-faint', 'middle')
  })
  return [
    line(4, y, width - 4, y, 'stream-axis'),
    ...times.map(time => line(x(time), y - 3, x(time), y + 3, 'stream-axis')),
    ...labels
  ]
}
