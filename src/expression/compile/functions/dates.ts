import { systemClock } from '../../../time/clock'
import { fail } from '../errors'
import type { Run } from '../scope'
import { type Builtin, ofDefined } from './builtin'
import { datePart } from './date-parts'
import { datePicture, type Marker } from './date-picture'
import { integerPicture, type IntegerPicture } from './integer-picture'
import { writeInteger } from './integers'

/** ISO 8601 as `$toMillis` takes it, whole or cut short. */
const iso = /^\d{4}(-[01]\d)?(-[0-3]\d)?(T[0-2]\d:[0-5]\d:[0-5]\d)?(\.\d+)?([+-][0-2]\d:?[0-5]\d|Z)?$/
const isoPicture = '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]'
const months = 'January February March April May June July August September October November December'.split(' ')
const days = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

function toMillis(text: string): number {
  if (!iso.test(text)) fail('D3110', { value: text })
  return Date.parse(text)
}

interface Offset {
  hours: number
  minutes: number
}

/** `+hhmm`. */
function offsetOf(timezone: string | undefined): Offset {
  if (timezone === undefined) return { hours: 0, minutes: 0 }
  const offset = parseInt(timezone, 10)
  return { hours: Math.floor(offset / 100), minutes: offset % 100 }
}

function fromMillis(millis: number, picture = isoPicture, timezone?: string): string {
  const offset = offsetOf(timezone)
  const date = new Date(millis + (60 * offset.hours + offset.minutes) * 60 * 1000)
  return datePicture(picture)
    .map(part => (typeof part === 'string' ? part : String(write(date, part, offset))))
    .join('')
}

function write(date: Date, marker: Marker, offset: Offset): string | undefined {
  const { component, names, integer, yearDigits } = marker
  if (component === 'Z' || component === 'z') return writeOffset(offset, marker)
  const value = datePart(date, component)
  if (component === 'P' && names === 'upper') return String(value).toUpperCase()
  if (typeof value !== 'number') return value
  if (names && component !== 'f') return writeName(value, marker)
  const cut = yearDigits === undefined ? value : value % Math.pow(10, yearDigits)
  return writeInteger(cut, integer as IntegerPicture)
}

function writeName(value: number, { component, names, maxWidth = Infinity }: Marker): string {
  const list = component === 'F' ? days : component === 'M' || component === 'x' ? months : undefined
  const name = list === undefined ? fail('D3133', { value: component }) : list[value - 1]
  const written = names === 'upper' ? name.toUpperCase() : names === 'lower' ? name.toLowerCase() : name
  return written.length > maxWidth ? written.substring(0, maxWidth) : written
}

function writeOffset({ hours, minutes }: Offset, { component, integer, isZulu }: Marker): string {
  const offset = hours * 100 + minutes
  if (offset === 0 && isZulu) return 'Z'
  const digits = writeDigits(hours, minutes, integer as IntegerPicture)
  return (component === 'z' ? 'GMT' : '') + (offset >= 0 ? '+' : '') + digits
}

function writeDigits(hours: number, minutes: number, picture: IntegerPicture): string {
  const { every, digits = 0 } = picture
  if (every !== undefined || digits === 3 || digits === 4) return writeInteger(hours * 100 + minutes, picture)
  if (digits !== 1 && digits !== 2) fail('D3134', { value: picture.digits })
  const short = writeInteger(hours, picture)
  return minutes === 0 ? short : `${short}:${writeInteger(minutes, integerPicture('00'))}`
}

/** The clock is read once for an evaluation, so that all of it happens at one time. */
const now = (run: Run): number => (run.now ??= systemClock.now())

export const dates: Record<string, Builtin> = {
  millis: { signature: '<:n>', arity: 0, run: (_, run) => now(run) },
  now: {
    signature: '<s?s?:s>',
    arity: 2,
    needsRecent: true,
    run: ([picture, timezone], run) =>
      fromMillis(now(run), picture as string | undefined, timezone as string | undefined)
  },
  fromMillis: { ...ofDefined('<n-s?s?:s>', 3, fromMillis), needsRecent: true },
  toMillis: { ...ofDefined('<s-s?:n>', 2, toMillis), maxArguments: 1 }
}
