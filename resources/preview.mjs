// The message that the chosen aggregates would give, from sample readings.
import { isBare, orMean, resultNames, text } from './aggregate-names.mjs'
import { sampleTopic } from './common.mjs'
import { parseDuration } from './duration.mjs'
import { functions } from './functions.mjs'
import { monday } from './samples.mjs'
import { momentOf } from './wall-clock.mjs'

/** A number with so many digits as a person reads; never fewer than stand before its point. */
const rounded = (value, digits) =>
  Math.abs(value) < 10 ** digits ? Number(value.toPrecision(digits)) : Math.round(value)

export const short = value => (typeof value === 'number' ? rounded(value, 4) : value)

function valueOf({ fn, arg }, readings, start, end) {
  if (!Object.hasOwn(functions, fn)) return null
  const { of, arg: takes } = functions[fn]
  const given = takes === 'duration' ? parseDuration(arg) : text(arg)
  const times = readings.map(({ time }) => time)
  const values = readings.map(({ value }) => value)
  const value = of(values, { times, start, end, arg: given })
  return typeof value === 'number' ? rounded(value, 6) : value
}

/** The result of a list of aggregates: a bare value, or an object of the named ones. */
export function resultOf(list, { readings, start, end }) {
  const rows = orMean(list)
  if (isBare(rows)) return valueOf(rows[0], readings, start, end)
  const names = resultNames(rows)
  return Object.fromEntries(rows.map((row, i) => [names[i], valueOf(row, readings, start, end)]))
}

const isNamed = result => result !== null && typeof result === 'object' && !Array.isArray(result)

/** What a value brings into a row: its own fields, else itself as the field `value`. */
export const fieldsOf = value => (isNamed(value) ? value : { value })

/** The row of a reading that was enriched, in a batch: of a bare result there is no other `value`. */
export const enrichedRow = (key, result, value) => ({ key, ...fieldsOf(result), ...(isNamed(result) ? { value } : {}) })

/** The message of a window with this result; the times of the sample readings are those of a clock in the time zone. */
export function windowMessage(result, times, { key, rows, batch, timezone = 'UTC' }) {
  const [start, end] = [times.start, times.end].map(time => momentOf(monday + time, timezone))
  const row = { key, start, end, ...fieldsOf(result) }
  if (batch) return { payload: [row] }
  // without a key, results have the topic that all their records share
  return { topic: sampleTopic, payload: rows ? row : result, window: { start, end } }
}

/** JSON for people: short objects stay on one line. */
export function pretty(value, indent = '') {
  const flat = JSON.stringify(value)
  if (flat === undefined || flat.length < 46 || value === null || typeof value !== 'object')
    return (flat ?? 'undefined')
      .replace(/,"/g, ', "')
      .replace(/":/g, '": ')
      .replace(/,(?=[-\d{[])/g, ', ')
  const inner = `${indent}  `
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const lines = Array.isArray(value)
    ? value.map(item => pretty(item, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${pretty(item, inner)}`)
  return `${open}\n${lines.map(line => inner + line).join(',\n')}\n${indent}${close}`
}
