import { fail } from '../errors'
import { type IntegerPicture, integerPicture } from './integer-picture'

/** A part of a time, as a picture asks for it: `[D1o]`, `[MNn,3-3]`. */
export interface Marker {
  component: string
  /** It is written as a name, in these letters. */
  names?: 'upper' | 'lower' | 'title'
  integer?: IntegerPicture
  maxWidth?: number
  /** The year is cut to so many digits. */
  yearDigits?: number
  /** Zero offset is written `Z`. */
  isZulu: boolean
}

/** Text between markers stays as it is. */
type DatePart = string | Marker

const defaults: Record<string, string> = {
  ...{ Y: '1', M: '1', D: '1', d: '1', F: 'n', W: '1', w: '1', X: '1', x: '1', H: '1', h: '1' },
  ...{ P: 'n', m: '01', s: '01', f: '1', Z: '01:01', z: '01:01', C: 'n', E: 'n' }
}

/** Reads a picture such as `[Y]-[M01]-[D01]`. @throws D3132, D3135 */
export function datePicture(text: string): DatePart[] {
  const parts: DatePart[] = []
  const addText = (from: number, to: number): void => {
    if (to > from) parts.push(text.substring(from, to).replaceAll(']]', ']'))
  }
  let from = 0
  let at = 0
  while (at < text.length) {
    if (text[at] !== '[') at++
    else if (text[at + 1] === '[') {
      addText(from, at)
      parts.push('[')
      at += 2
      from = at
    } else {
      addText(from, at)
      const end = text.indexOf(']', at)
      if (end < 0) fail('D3135')
      parts.push(marker(text.substring(at + 1, end).replace(/\s+/g, '')))
      at = end + 1
      from = at
    }
  }
  addText(from, at)
  return parts
}

const width = (text: string | undefined): number | undefined =>
  text === undefined || text === '*' ? undefined : parseInt(text, 10)

function marker(text: string): Marker {
  const component = text.charAt(0)
  const comma = text.lastIndexOf(',')
  const modifiers = comma < 0 ? text.substring(1) : text.substring(1, comma)
  const [min, ...max] = comma < 0 ? [] : text.substring(comma + 1).split('-')
  const [minWidth, maxWidth] = [width(min), width(max.length > 0 ? max.join('-') : undefined)]
  const second = modifiers.length > 1 && 'atco'.includes(modifiers.slice(-1)) ? modifiers.slice(-1) : ''
  const first = modifiers === '' ? defaults[component] : modifiers.substring(0, modifiers.length - second.length)
  if (first === undefined) fail('D3132', { value: component })
  const made: Marker = { component, maxWidth, isZulu: second === 't' }
  if (first.startsWith('n')) made.names = 'lower'
  else if (first.startsWith('N')) made.names = first[1] === 'n' ? 'title' : 'upper'
  else if ('YMDdFWwXxHhmsf'.includes(component)) numberMarker(made, second ? `${first};${second}` : first, minWidth)
  if (component === 'Z' || component === 'z') made.integer = integerPicture(first)
  return made
}

function numberMarker(made: Marker, text: string, minWidth: number | undefined): void {
  const integer = integerPicture(text)
  made.integer = integer
  if (minWidth !== undefined && integer.digits !== undefined && integer.digits < minWidth) integer.digits = minWidth
  if (made.component !== 'Y') return
  if (made.maxWidth !== undefined) {
    made.yearDigits = made.maxWidth
    integer.digits = made.maxWidth
    return
  }
  const digits = (integer.digits ?? NaN) + (integer.optionalDigits ?? NaN)
  if (digits >= 2) made.yearDigits = digits
}
