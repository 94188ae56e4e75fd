import { RecordError } from '../errors'
import type { Timestamp } from '../record'
import { fromLocal } from './zone'

/** Date and time in ISO 8601, `T` or a blank between; seconds, fraction and zone may be absent. */
const iso =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?(?:(Z)|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)?)?$/i

/** Is there such a day? JavaScript takes the 30th of February for the 2nd of March. */
function isDate(date: string): boolean {
  const time = Date.parse(date)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(date)
}

function fromText(text: string, timezone: string): Timestamp {
  if (/^[+-]?\d*\.?\d+(e[+-]?\d+)?$/i.test(text)) return Number(text)
  const match = iso.exec(text)
  if (!match) return NaN
  const [, date, clock = '00:00', isUtc, sign, hours, minutes = '0'] = match
  if (!isDate(date)) return NaN
  const local = Date.parse(`${date}T${clock.replace(',', '.')}Z`)
  if (isUtc) return local
  if (sign === undefined) return timezone === 'UTC' ? local : fromLocal(local, timezone)
  return local - Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/**
 * The event time of a value: ms, numeric text, ISO 8601 text (without a zone: local time of `timezone`) or a Date.
 * Fractions of a millisecond are cut off.
 * @throws RecordError naming `property` for anything else
 */
export function toTimestamp(value: unknown, property: string, timezone = 'UTC'): Timestamp {
  let time = NaN
  if (typeof value === 'number') time = value
  else if (typeof value === 'string') time = fromText(value.trim(), timezone)
  else if (value instanceof Date) time = value.getTime()
  // beyond this no Date exists, and adding a window's length would lose whole milliseconds
  if (!(Math.abs(time) <= 8.64e15)) {
    throw new RecordError(property, 'must be a time (ms since 1970, ISO 8601 text or a Date)', value)
  }
  return Math.floor(time)
}
