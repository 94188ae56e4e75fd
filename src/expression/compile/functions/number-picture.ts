import { fail } from '../errors'
import { regularity } from './regularity'

/** The characters of a number picture and of the text made by it (XPath 3.1, fn:format-number). */
export type Symbols = Record<string, string>

const defaults: Symbols = {
  'decimal-separator': '.',
  'grouping-separator': ',',
  'exponent-separator': 'e',
  'minus-sign': '-',
  percent: '%',
  'per-mille': '\u2030',
  'zero-digit': '0',
  digit: '#',
  'pattern-separator': ';'
}

export const symbolsOf = (options: object | undefined): Symbols => Object.assign({}, defaults, options)

/** The ten digits that begin with the zero. */
export function digitsOf(symbols: Symbols): string[] {
  const zero = symbols['zero-digit'].charCodeAt(0)
  return Array.from({ length: 10 }, (_, i) => String.fromCharCode(zero + i))
}

/** What one half of a picture, for positive or for negative numbers, asks for. */
export interface NumberPicture {
  text: string
  prefix: string
  suffix: string
  /** Digits to the right of each separator of the integer part, and to the left of those of the fraction. */
  grouping: number[]
  fractionGrouping: number[]
  /** There is a separator every so many digits; absent: not so. */
  every?: number
  minInteger: number
  minFraction: number
  maxFraction: number
  /** Digits before the point of a number with an exponent. */
  scaling: number
  minExponent: number
}

interface Parts {
  text: string
  prefix: string
  suffix: string
  active: string
  mantissa: string
  exponent: string | undefined
  integer: string
  fraction: string
}

/** Reads the halves of a picture. @throws D3080 to D3093 */
export function numberPictures(text: string, symbols: Symbols): NumberPicture[] {
  const halves = text.split(symbols['pattern-separator'])
  if (halves.length > 2) fail('D3080')
  const digits = digitsOf(symbols)
  const parts = halves.map(half => partsOf(half, symbols, digits))
  for (const part of parts) check(part, symbols, digits)
  return parts.map(part => analyse(part, symbols, digits))
}

const activeCharacters = (symbols: Symbols, digits: readonly string[]): string[] => [
  ...digits,
  symbols['decimal-separator'],
  symbols['exponent-separator'],
  symbols['grouping-separator'],
  symbols.digit,
  symbols['pattern-separator']
]

function partsOf(text: string, symbols: Symbols, digits: readonly string[]): Parts {
  const exponentMark = symbols['exponent-separator']
  const active = activeCharacters(symbols, digits)
  const characters = text.split('')
  const bounds = (character: string): boolean => active.includes(character) && character !== exponentMark
  const first = characters.findIndex(bounds)
  const prefix = first < 0 ? '' : text.substring(0, first)
  const suffix = first < 0 ? '' : text.substring(characters.findLastIndex(bounds) + 1)
  const middle = text.substring(prefix.length, text.length - suffix.length)
  const mark = text.indexOf(exponentMark, prefix.length)
  const hasExponent = mark >= 0 && mark <= text.length - suffix.length
  const mantissa = hasExponent ? middle.substring(0, mark) : middle
  const point = mantissa.indexOf(symbols['decimal-separator'])
  return {
    ...{ text, prefix, suffix, mantissa, active: middle },
    exponent: hasExponent ? middle.substring(mark + 1) : undefined,
    integer: point < 0 ? mantissa : mantissa.substring(0, point),
    // the suffix stands in for the fraction, as it does in JSONata
    fraction: point < 0 ? suffix : mantissa.substring(point + 1)
  }
}

/** Of several mistakes the last of the list is told. */
function check(parts: Parts, symbols: Symbols, digits: readonly string[]): void {
  const { text, active, mantissa, integer, fraction, exponent } = parts
  const { percent, digit, 'per-mille': perMille, 'grouping-separator': group, 'decimal-separator': point } = symbols
  const isTwice = (mark: string): boolean => text.indexOf(mark) !== text.lastIndexOf(mark)
  const has = (part: string, marks: readonly string[]): boolean => part.split('').some(mark => marks.includes(mark))
  const activeMarks = activeCharacters(symbols, digits)
  const at = text.indexOf(point)
  const optional = integer.indexOf(digit)
  const lastOptional = fraction.lastIndexOf(digit)
  const isScaled = text.includes(percent) || text.includes(perMille)
  const mistakes: [boolean, string][] = [
    [isTwice(point), 'D3081'],
    [isTwice(percent), 'D3082'],
    [isTwice(perMille), 'D3083'],
    [text.includes(percent) && text.includes(perMille), 'D3084'],
    [!has(mantissa, [...digits, digit]), 'D3085'],
    [active.split('').some(mark => !activeMarks.includes(mark)), 'D3086'],
    [at >= 0 && (text.charAt(at - 1) === group || text.charAt(at + 1) === group), 'D3087'],
    [at < 0 && integer.charAt(integer.length - 1) === group, 'D3088'],
    [text.includes(group + group), 'D3089'],
    [optional >= 0 && has(integer.substring(0, optional), digits), 'D3090'],
    [lastOptional >= 0 && has(fraction.substring(lastOptional), digits), 'D3091'],
    [exponent !== undefined && exponent.length > 0 && isScaled, 'D3092'],
    [exponent !== undefined && (exponent.length === 0 || exponent.split('').some(d => !digits.includes(d))), 'D3093']
  ]
  const code = mistakes.findLast(([isMistake]) => isMistake)?.[1]
  if (code !== undefined) fail(code, { picture: text })
}

function analyse(parts: Parts, symbols: Symbols, digits: readonly string[]): NumberPicture {
  const { text, prefix, suffix, integer, fraction, exponent } = parts
  const { digit, 'grouping-separator': group } = symbols
  const count = (part: string, marks: readonly string[]): number =>
    part.split('').filter(mark => marks.includes(mark)).length
  const positions = (part: string, side: (at: number) => string): number[] => {
    const found: number[] = []
    for (let at = part.indexOf(group); at >= 0; at = integer.indexOf(group, at + 1)) {
      found.push(count(side(at), [...digits, digit]))
    }
    return found
  }
  const grouping = positions(integer, at => integer.substring(at))
  const scaling = count(integer, digits)
  let minInteger = scaling
  let minFraction = count(fraction, digits)
  let maxFraction = count(fraction, [...digits, digit])
  if (minInteger === 0 && maxFraction === 0) {
    if (exponent === undefined) minInteger = 1
    else minFraction = maxFraction = 1
  }
  if (exponent !== undefined && minInteger === 0 && integer.includes(digit)) minInteger = 1
  if (minInteger === 0 && minFraction === 0) minFraction = 1
  return {
    ...{ text, prefix, suffix, grouping, scaling, minInteger, minFraction, maxFraction },
    every: regularity(grouping),
    fractionGrouping: positions(fraction, at => fraction.substring(0, at)),
    minExponent: exponent === undefined ? 0 : count(exponent, digits)
  }
}
