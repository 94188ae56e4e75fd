// Two lanes of records, and which of them meet.
import { spokenLength } from '../duration.mjs'
import { durationOf } from '../numbers.mjs'
import { monday, noon } from '../samples.mjs'
import { areApart, left, meetingsOf, right, windowLength } from '../meetings.mjs'
import { dot, line, picture, rect, scale, words } from './svg.mjs'

const leftY = 26
const rightY = 100
/** What surrounds the lanes: the reach of one left record, or the windows. */
function surroundings(values, { lower, upper, ttl, unit }, x) {
  if (values.mode === 'window') {
    return [0, 1, 2]
      .map(i => rect(x(i * windowLength) + 2, 4, x(windowLength) - x(0) - 4, 118, 'stream-window'))
      .concat(words(x(windowLength / 2), 118, spokenLength(values.size), 'stream-faint', 'middle'))
  }
  if (values.mode === 'latest') {
    if (ttl === Infinity) return []
    const from = x(left[3] - Math.min(ttl / unit, left[3]))
    const to = x(left[3])
    const label = words((from + to) / 2, rightY + 23, spokenLength(values.ttl), 'stream-faint', 'middle')
    return [rect(from, rightY - 12, to - from, 24, 'stream-window'), label]
  }
  const from = left[2] + lower / unit
  const to = left[2] + upper / unit
  return [
    line(x(left[2]), leftY, x(from), rightY - 12, 'stream-guide'),
    line(x(left[2]), leftY, x(to), rightY - 12, 'stream-guide'),
    rect(x(from), rightY - 12, x(to) - x(from), 24, 'stream-window'),
    words(x(from), rightY + 23, spokenLength(values.lower), 'stream-faint', 'middle'),
    words(x(to), rightY + 23, spokenLength(values.upper), 'stream-faint', 'middle')
  ]
}

const keepsLeft = { left: true, full: true }
const keepsRight = { right: true, full: true }

/** { drawing, caption, message } of a join. */
export function join(values, say) {
  const meetings = meetingsOf(values)
  const x = scale(0, 100, 96, 470)
  const met = meetings.pairs
  const isMet = (side, i) => met.some(pair => pair[side] === i)
  const style = (side, i, keeps) =>
    isMet(side, i) ? 'stream-dot' : keeps[values.joinType] ? 'stream-dot-alone' : 'stream-dot-out'
  const name = (text, otherwise) => (text ? (text.length > 12 ? `${text.slice(0, 11)}…` : text) : say(otherwise))
  const terms = Object.fromEntries(['lower', 'upper', 'size', 'ttl'].map(name => [name, spokenLength(values[name])]))
  const caption = [
    areApart(values) ? say('picture.apart') : '',
    say(`picture.${values.mode}`, terms),
    values.mode === 'latest' && values.ttl ? say('picture.ttl', terms) : '',
    say(`picture.${values.joinType}`)
  ].filter(Boolean)
  return {
    drawing: picture(
      126,
      `${caption.join(' ')} ${say('picture.alt', { pairs: met.length })}`,
      ...surroundings(values, meetings, x),
      words(6, leftY + 4, name(values.left, 'picture.leftLane'), 'stream-small'),
      words(6, rightY + 4, name(values.right, 'picture.rightLane'), 'stream-small'),
      line(92, leftY, 474, leftY, 'stream-axis'),
      line(92, rightY, 474, rightY, 'stream-axis'),
      ...met.map(([i, j]) => line(x(left[i]), leftY, x(right[j]), rightY, 'stream-pair')),
      ...left.map((place, i) => dot(x(place), leftY, style(0, i, keepsLeft), 5)),
      ...right.map((place, j) => dot(x(place), rightY, style(1, j, keepsRight), 5))
    ),
    caption: caption.join(' '),
    message: messageOf(values)
  }
}

const payloads = { left: { temperature: 21.4 }, right: { limit: 25 } }

/** A joined message: each payload under its side, or one alone where none meet. Those of a window tell which it was. */
function messageOf(values) {
  const { mode, joinType, size, batch } = values
  const side = joinType === 'right' ? 'right' : 'left'
  const key = values[`${side}Key`] || values[side].includes('+') ? '7' : ''
  const row = areApart(values) ? { left: null, right: null, [side]: payloads[side] } : payloads
  if (batch) return { payload: [{ key, ...row }] }
  const message = { topic: key, payload: row }
  if (mode !== 'window') return message
  const length = durationOf(size, 300_000)
  const start = Math.floor((monday + noon) / length) * length
  return { ...message, window: { start, end: start + length } }
}
