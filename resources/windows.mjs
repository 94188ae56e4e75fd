// Which windows the current settings make, for pictures: { from, to, places, unit, windows: [{ start, end, row }] }.
// Times are ms of the day of samples.mjs; readings stand at `from + place * unit`.
import { parseDuration } from './duration.mjs'
import { durationOf } from './numbers.mjs'
import { monday, noon } from './samples.mjs'

const even = [0.1, 0.24, 0.4, 0.63, 0.87, 1.15, 1.36, 1.62, 1.78, 2.1, 2.33, 2.47, 2.71, 2.9]
const bursts = [0.3, 0.7, 1.2, 1.55, 3.1, 3.5, 4.2, 6.3, 6.6, 7]

/** The first window start from noon on, or from the start of the day where a window is longer than that. */
function startOf(size, values) {
  const offset = parseDuration(values.offset) ?? 0
  const from = monday + (size > noon ? 0 : noon)
  return Math.floor((from - offset) / size) * size + offset - monday
}

/** Windows that are kept for late records are drawn one below the other: each is open while the next ones begin. */
const rowOf = (i, { lateness }) => (parseDuration(lateness) > 0 ? i : 0)

const assigners = {
  tumbling(size, from, values) {
    const windows = [0, 1, 2].map(i => ({ start: from + i * size, end: from + (i + 1) * size, row: rowOf(i, values) }))
    return { span: 3 * size, windows }
  },
  hopping(size, from, values) {
    const slide = Math.min(durationOf(values.slide, 60_000), size)
    const windows = [0, 1, 2, 3].map(i => ({ start: from + i * slide, end: from + i * slide + size, row: i }))
    return { span: size + 3 * slide, windows }
  },
  cumulative(size, from, values) {
    const step = Math.min(durationOf(values.step, 60_000), size)
    const steps = Math.floor(size / step)
    const shown = steps <= 5 ? Array.from({ length: steps }, (_, i) => i + 1) : [1, 2, 3, steps]
    return {
      span: size,
      windows: shown.map((n, row) => ({ start: from, end: from + n * step, row })),
      isCut: steps > 5
    }
  },
  sliding(size, from) {
    const ends = [1.15, 1.62, 2.1, 2.47].map(place => from + Math.round(place * size))
    return { span: 2.6 * size, windows: ends.map((end, row) => ({ start: end - size, end, row })) }
  }
}

function sessions(gap, values) {
  const from = noon
  const times = bursts.map(place => from + Math.round(place * gap))
  const windows = []
  for (const time of times) {
    const open = windows[windows.length - 1]
    if (open && time <= open.end) open.end = time + gap
    else windows.push({ start: time, end: time + gap, row: rowOf(windows.length, values) })
  }
  return { from, to: from + 8.2 * gap, places: bursts, unit: gap, windows }
}

/** The windows of a time window's settings. */
export function windowsOf(values) {
  if (values.windowType === 'session') return sessions(durationOf(values.gap, 300_000), values)
  const size = durationOf(values.size, 300_000)
  const from = startOf(size, values)
  const { span, windows, isCut = false } = (assigners[values.windowType] ?? assigners.tumbling)(size, from, values)
  const axis =
    values.windowType === 'sliding' ? { places: even.slice(0, -2), unit: size } : { places: even, unit: span / 3 }
  return { from, to: from + span, windows, isCut, ...axis }
}

/** Does the window hold the time? A sliding one holds its end, too. */
export const holds = ({ start, end }, time, windowType) =>
  time >= start && (windowType === 'sliding' ? time <= end : time < end)
