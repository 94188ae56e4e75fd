// Records in a row, and under them the windows that count them.
import { spokenLength } from '../duration.mjs'
import { resultOf, windowMessage } from '../preview.mjs'
import { noon, readingsAt } from '../samples.mjs'
import { countOf } from '../numbers.mjs'
import { curve } from './axis.mjs'
import { barWords, picture, rect, scale, sent, words } from './svg.mjs'

const top = 78
const step = 34
const second = 1000

/** The first windows: [first, last] record, counted from 1. */
function windowsOf(size, slide, isPartial) {
  const windows = []
  for (let last = slide; windows.length < 3; last += slide) {
    if (last >= size || isPartial) windows.push({ first: Math.max(last - size + 1, 1), last })
  }
  return windows
}

function captionKey(size, slide) {
  if (slide === 1) return 'picture.each'
  if (slide === size) return 'picture.tumbling'
  return slide < size ? 'picture.sliding' : 'picture.skipping'
}

/** { drawing, caption, message } of a count window. */
export function countWindow(values, say) {
  const size = countOf(values.size, 10)
  const slide = countOf(values.slide, size)
  const windows = windowsOf(size, slide, values.partial)
  const total = windows[windows.length - 1].last
  const drawn = Math.min(total, 60)
  const numbers = Array.from({ length: drawn }, (_, i) => Math.round(1 + (i * (total - 1)) / Math.max(drawn - 1, 1)))
  const x = scale(0.5, total + 0.5, 6, 474)
  const readings = readingsAt(numbers, noon, second)
  const isTaken = n => windows.some(({ first, last }) => n >= first && n <= last)
  const isOverlapping = slide < size
  const caption = say(captionKey(size, slide), { size, slide })
  const example = windows[windows.length - 1]
  const all = Array.from({ length: Math.min(example.last - example.first + 1, 1000) }, (_, i) => example.first + i)
  const taken = readingsAt(all, noon, second)
  const bounds = { start: noon + example.first * second, end: noon + example.last * second }
  const bars = windows.map(({ first, last }, i) => {
    const y = top + (isOverlapping ? i * step : 0)
    const left = x(first - 0.5) + 1
    const right = x(last + 0.5) - 1
    const label = first === last ? String(first) : `${first} – ${last}`
    return [
      rect(left, y, right - left, 22, 'stream-window'),
      barWords(left, right, y + 15, label),
      sent(Math.min(x(last), right - 4), y + 23)
    ]
  })
  const places = readings.map((reading, i) => ({ ...reading, time: numbers[i] }))
  return {
    drawing: picture(
      top + (isOverlapping ? windows.length : 1) * step,
      `${caption} ${say('picture.alt', { windows: windows.map(({ first, last }) => `${first}–${last}`).join(', ') })}`,
      ...curve(places, x, { style: ({ time }) => (isTaken(time) ? 'stream-dot' : 'stream-dot-out') }),
      ...numbers.map(n => (total <= 24 ? words(x(n), 68, String(n), 'stream-faint', 'middle') : '')),
      ...bars
    ),
    caption: [caption, values.timeout ? say('picture.timeout', { timeout: spokenLength(values.timeout) }) : '']
      .filter(Boolean)
      .join(' '),
    hasSends: true,
    message: windowMessage(resultOf(values.aggregates, { readings: taken, ...bounds }), bounds, values)
  }
}
