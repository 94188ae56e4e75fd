// One line of readings, what of it the statistics look at now, and when they are sent.
import { sampleTopic } from '../common.mjs'
import { spokenLength } from '../duration.mjs'
import { countOf, durationOf } from '../numbers.mjs'
import { enrichedRow, resultOf } from '../preview.mjs'
import { monday, noon, readingsAt } from '../samples.mjs'
import { curve } from './axis.mjs'
import { line, picture, rect, scale, sent, words } from './svg.mjs'

const total = 24
/** So many of the last records are drawn as those that count, at most. */
const most = 20
const minute = 60_000

/** A field of records or of time as it is said; `…` while it is empty. */
const spoken = (value, isTime) => (isTime ? spokenLength(value) : String(value || '…'))

/** How many of the drawn readings count, and what the axis means. */
function scopeOf({ scope, size }) {
  if (scope === 'count') {
    const n = countOf(size, 10)
    return { taken: Math.min(n, most), counted: Math.min(n, 1000), label: String(countOf(size, '…')), unit: minute }
  }
  if (scope === 'time') {
    const ms = durationOf(size, 60 * minute)
    return { taken: 12, label: spokenLength(size), unit: ms / 12 }
  }
  return { taken: total, label: '', unit: minute }
}

const places = Array.from({ length: total }, (_, i) => i + 1)

/** Where results leave: of what a reading changed, once time has come to the next multiple of `period`. */
function sendsByTime(period, unit) {
  const start = monday + noon
  const due = []
  for (const place of places) {
    const last = due[due.length - 1]
    // the reading with which the moment comes is still told of then
    if (last === undefined || last <= place - 1)
      due.push((Math.floor((start + place * unit) / period) + 1) * (period / unit) - start / unit)
  }
  return due.filter(place => place <= total + 0.5)
}

/** Where results leave. */
function sends({ emit, every }, unit) {
  if (emit === 'count') return places.filter(n => n % Math.min(countOf(every, 5), total) === 0)
  return emit === 'time' ? sendsByTime(durationOf(every, 6 * unit), unit) : places
}

const rowsOf = ({ aggregates }) =>
  aggregates.length > 0 ? aggregates : ['count', 'sum', 'mean', 'min', 'max', 'stddev'].map(fn => ({ fn }))

/** { drawing, caption, message } of running statistics. */
export function stats(values, say) {
  const { taken, counted = taken, label, unit } = scopeOf(values)
  const readings = readingsAt(places, noon, unit)
  const first = total - counted + 1
  const inside = readingsAt(
    Array.from({ length: counted }, (_, i) => first + i),
    noon,
    unit
  )
  const x = scale(0.5, total + 0.5)
  const drawn = places.map((place, i) => ({ time: place, value: readings[i].value, isTaken: i >= total - taken }))
  const left = x(total - taken + 0.5)
  const right = x(total + 0.5)
  const size = spoken(values.size, values.scope === 'time')
  const every = spoken(values.every, values.emit === 'time')
  const caption = `${say(`picture.${values.scope}`, { size })} ${say(`picture.emit.${values.emit}`, { every })}`
  const result = resultOf(rowsOf(values), { readings: inside, start: inside[0].time, end: inside[counted - 1].time })
  const { value } = inside[counted - 1]
  return {
    drawing: picture(
      108,
      caption,
      rect(left, 4, right - left, 76, 'stream-window'),
      right - left > 60 ? words(left + 8, 74, label || say('picture.everything'), 'stream-small') : '',
      words(right - 6, 74, say('picture.now'), 'stream-small', 'end'),
      ...curve(drawn, x, { top: 14, bottom: 56, style: ({ isTaken }) => (isTaken ? 'stream-dot' : 'stream-dot-out') }),
      line(4, 84, 476, 84, 'stream-axis'),
      ...sends(values, unit).map(n => sent(x(n), 88))
    ),
    caption,
    hasSends: true,
    message: values.batch
      ? { topic: sampleTopic, payload: [enrichedRow(values.key, result, value)] }
      : { topic: sampleTopic, payload: result, value }
  }
}
