// Readings over time, and under them the windows that the settings make of them.
import { parseDuration, spokenLength } from '../duration.mjs'
import { resultOf, short, windowMessage } from '../preview.mjs'
import { readingsAt } from '../samples.mjs'
import { holds, windowsOf } from '../windows.mjs'
import { axis, clock, curve } from './axis.mjs'
import { barWords, line, picture, rect, scale, sent, words } from './svg.mjs'

const top = 78
const step = 34

/** When results of a window leave: at its end, on each record, or every so often. */
function sendTimes({ emit, every }, { start, end }, readings, isSliding) {
  if (isSliding || emit === 'final') return [end]
  if (emit === 'update') return [...readings.map(({ time }) => time), end]
  const period = parseDuration(every)
  const times = []
  for (const { time } of readings) if (times.length === 0 || time - times[times.length - 1] >= period) times.push(time)
  return [...times.filter(time => time > start), end]
}

/** One window: a bar with a mark for each record that falls in, what comes out, and when. */
function bar(window, { x, taken, result, sends, lateness, to }) {
  const y = top + window.row * step
  const left = x(window.start)
  const right = x(Math.min(window.end, to))
  const closing = Math.min(window.end + lateness, to)
  return [
    lateness > 0 ? rect(right, y + 3, x(closing) - right, 16, 'stream-waits') : '',
    rect(left, y, right - left, 22, 'stream-window'),
    ...taken.map(({ time }) => line(x(time), y + 1, x(time), y + 6, 'stream-mark')),
    barWords(left, right, y + 17, `${taken.length} → ${result}`),
    ...sends.filter(time => time <= to).map(time => sent(x(time), y + 23))
  ]
}

/** How long windows are kept for corrections; what a sliding window sent is never corrected. */
const latenessOf = ({ windowType, lateness }) =>
  windowType === 'sliding' ? 0 : Math.max(parseDuration(lateness) || 0, 0)

function captionOf(values, say) {
  const per = Math.round(parseDuration(values.size) / parseDuration(values.slide)) || 1
  const isApart = values.windowType === 'hopping' && per === 1
  const main = say(`picture.${isApart ? 'tumbling' : values.windowType}`, {
    size: spokenLength(values.size),
    slide: spokenLength(values.slide),
    step: spokenLength(values.step),
    gap: spokenLength(values.gap),
    per
  })
  const late = latenessOf(values) > 0 ? say('picture.late', { lateness: spokenLength(values.lateness) }) : ''
  return [main, late].filter(Boolean).join(' ')
}

function shortResult(result) {
  if (result === null || typeof result !== 'object') return String(short(result))
  const words = value => (Array.isArray(value) ? `[${value.length}]` : short(value))
  if (Array.isArray(result)) return words(result)
  const all = Object.values(result).map(words)
  return [...all.slice(0, 2), ...(all.length > 2 ? ['…'] : [])].join(', ')
}

/** { drawing, caption, message } of a time window. */
export function timeWindow(values, say) {
  const { from, to, places, unit, windows, isCut } = windowsOf(values)
  const readings = readingsAt(places, from, unit)
  const isSliding = values.windowType === 'sliding'
  const x = scale(from, to)
  const lateness = latenessOf(values)
  const results = windows.map(window => {
    const taken = readings.filter(({ time }) => holds(window, time, values.windowType))
    return { window, taken, result: resultOf(values.aggregates, { ...window, readings: taken }) }
  })
  const bars = results.map(({ window, taken, result }) =>
    bar(window, {
      x,
      taken,
      lateness,
      to,
      result: shortResult(result),
      sends: sendTimes(values, window, taken, isSliding)
    })
  )
  const bounds = [...new Set(windows.flatMap(({ start, end }) => [start, end]))].filter(t => t >= from && t <= to)
  const grid = values.windowType === 'session' || isSliding ? [from, (from + to) / 2, to] : bounds
  const distance = Math.min(...grid.slice(1).map((time, i) => time - grid[i]))
  const caption = captionOf(values, say)
  const rows = Math.max(...windows.map(({ row }) => row)) + 1
  const shown = results[results.length - 1]
  const cut = isCut ? words(x(from) + 4, top + 3 * step - 4, '⋮', 'stream-faint') : ''
  return {
    drawing: picture(
      top + rows * step,
      `${caption} ${say('picture.alt', { windows: windows.length, records: readings.length })}`,
      ...curve(readings, x),
      ...axis(
        grid.sort((a, b) => a - b),
        x,
        58,
        time => clock(time, distance)
      ),
      ...bars,
      cut
    ),
    caption,
    hasSends: true,
    message: windowMessage(shown.result, shown.window, values)
  }
}
