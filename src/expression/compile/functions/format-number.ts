import { type Builtin, ofDefined } from './builtin'
import { digitsOf, numberPictures, type NumberPicture, type Symbols, symbolsOf } from './number-picture'
import { round } from './numbers'

/** Writes a number by a picture such as `#,##0.00` (XPath 3.1, fn:format-number). */
function formatNumber(value: number, pictureText: string, options?: object): string {
  const symbols = symbolsOf(options)
  const [positive, negative] = numberPictures(pictureText, symbols)
  const minus = symbols['minus-sign']
  const picture = value >= 0 ? positive : (negative ?? { ...positive, prefix: minus + positive.prefix })
  const { mantissa, exponent } = scaled(adjusted(value, picture, symbols), picture)
  const digits = grouped(digitsBy(mantissa, picture, symbols), picture, symbols)
  const ending = exponent === undefined ? '' : exponentText(exponent, picture, symbols)
  return picture.prefix + digits + ending + picture.suffix
}

function adjusted(value: number, { text }: NumberPicture, symbols: Symbols): number {
  if (text.includes(symbols.percent)) return value * 100
  return text.includes(symbols['per-mille']) ? value * 1000 : value
}

/** With an exponent: as many digits before the point as the picture has. */
function scaled(value: number, { minExponent, scaling }: NumberPicture): { mantissa: number; exponent?: number } {
  if (minExponent === 0) return { mantissa: value }
  let mantissa = value
  let exponent = 0
  if (mantissa !== 0) {
    for (; Math.abs(mantissa) < Math.pow(10, scaling - 1); exponent--) mantissa *= 10
    for (; Math.abs(mantissa) > Math.pow(10, scaling); exponent++) mantissa /= 10
  }
  return { mantissa, exponent }
}

function fixed(value: number, places: number, symbols: Symbols): string {
  const text = Math.abs(value).toFixed(places)
  if (symbols['zero-digit'] === '0') return text
  const digits = digitsOf(symbols)
  return text.replace(/[0-9]/g, digit => digits[Number(digit)])
}

/** The digits around the decimal separator, without needless zeros, padded to the least numbers of digits. */
function digitsBy(mantissa: number, picture: NumberPicture, symbols: Symbols): string {
  const { minInteger, minFraction, maxFraction } = picture
  const { 'zero-digit': zero, 'decimal-separator': point } = symbols
  let text = fixed(round(mantissa, maxFraction), maxFraction, symbols)
  text = text.includes('.') ? text.replace('.', () => point) : text + point
  while (text.startsWith(zero)) text = text.substring(1)
  while (text.endsWith(zero)) text = text.substring(0, text.length - 1)
  const at = text.indexOf(point)
  const padLeft = Math.max(0, minInteger - at)
  const padRight = Math.max(0, minFraction - (text.length - at - 1))
  return zero.repeat(padLeft) + text + zero.repeat(padRight)
}

const insert = (text: string, at: number, part: string): string => text.slice(0, at) + part + text.slice(at)

function grouped(digits: string, picture: NumberPicture, symbols: Symbols): string {
  const { every, grouping, fractionGrouping, text: pictureText } = picture
  const { 'grouping-separator': group, 'decimal-separator': point } = symbols
  let text = digits
  let at = text.indexOf(point)
  if (every !== undefined) {
    const groups = Math.floor((at - 1) / every)
    for (let n = 1; n <= groups; n++) text = insert(text, at - n * every, group)
  } else {
    for (const position of grouping) text = insert(text, at++ - position, group)
  }
  at = text.indexOf(point)
  for (const position of fractionGrouping) text = insert(text, position + at + 1, group)
  at = text.indexOf(point)
  return !pictureText.includes(point) || at === text.length - 1 ? text.substring(0, text.length - 1) : text
}

function exponentText(exponent: number, { minExponent }: NumberPicture, symbols: Symbols): string {
  const digits = fixed(exponent, 0, symbols)
  const padding = symbols['zero-digit'].repeat(Math.max(0, minExponent - digits.length))
  return symbols['exponent-separator'] + (exponent < 0 ? symbols['minus-sign'] : '') + padding + digits
}

export const formats: Record<string, Builtin> = {
  formatNumber: { ...ofDefined('<n-so?:s>', 3, formatNumber), needsRecent: true }
}
