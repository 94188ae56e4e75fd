import { fail } from '../errors'
import { type Builtin, ofDefined } from './builtin'
import { type IntegerPicture, integerPicture } from './integer-picture'
import { toWords, wordsToNumber } from './number-words'

const romans: readonly [number, string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i']
]
const alphabet = 26

/** @throws RangeError where it would be thousands of letters, which the evaluator cannot write either */
function toRoman(value: number): string {
  if (value > 1e7) throw new RangeError('a number is too large for Roman numerals')
  let text = ''
  let rest = value
  for (const [unit, letters] of romans) {
    text += letters.repeat(Math.floor(rest / unit))
    rest %= unit
  }
  return text
}

/** a to z, then aa, ab, as columns are named. */
function toLetters(value: number, first: string): string {
  let text = ''
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / alphabet)) {
    text = String.fromCharCode(((rest - 1) % alphabet) + first.charCodeAt(0)) + text
  }
  return text
}

const insert = (text: string, fromRight: number, part: string): string => {
  const at = Math.max(0, text.length - fromRight)
  return text.substring(0, at) + part + text.substring(at)
}

function toDigits(value: number, picture: IntegerPicture): string {
  const { digits = 1, zero = 0, separators, every } = picture
  let text = String(value).padStart(digits, '0')
  const shift = zero - '0'.charCodeAt(0)
  if (shift !== 0)
    text = [...text].map(digit => String.fromCodePoint((digit.codePointAt(0) as number) + shift)).join('')
  if (every === undefined) {
    for (const { position, character } of [...separators].reverse()) text = insert(text, position, character)
  } else {
    const [{ character }] = separators
    for (let n = Math.floor((text.length - 1) / every); n > 0; n--) text = insert(text, n * every, character)
  }
  return picture.isOrdinal ? text + ordinalEnding(text) : text
}

function ordinalEnding(text: string): string {
  const ending = { '1': 'st', '2': 'nd', '3': 'rd' }[text.slice(-1)]
  return ending === undefined || (text.length > 1 && text.at(-2) === '1') ? 'th' : ending
}

/** Writes a whole number by its picture. @throws D3130 for a picture of no known kind */
export function writeInteger(value: number, picture: IntegerPicture): string {
  const text = writePositive(Math.abs(value), picture)
  return value < 0 ? `-${text}` : text
}

function writePositive(value: number, picture: IntegerPicture): string {
  const { kind, letterCase } = picture
  switch (kind) {
    case 'letters':
      return toLetters(value, letterCase === 'upper' ? 'A' : 'a')
    case 'roman':
      return letterCase === 'upper' ? toRoman(value).toUpperCase() : toRoman(value)
    case 'words': {
      const words = toWords(value, picture.isOrdinal)
      if (letterCase === 'title') return words
      return letterCase === 'upper' ? words.toUpperCase() : words.toLowerCase()
    }
    case 'decimal':
      return toDigits(value, picture)
    default:
      return fail('D3130', { value: picture.token })
  }
}

function fromLetters(text: string, first: string): number {
  let value = 0
  for (let i = 0; i < text.length; i++) {
    value += (text.charCodeAt(text.length - i - 1) - first.charCodeAt(0) + 1) * Math.pow(alphabet, i)
  }
  return value
}

/** A numeral before a greater one is taken off; a letter that is no numeral makes it no number. */
function fromRoman(text: string): number {
  const values = new Map(romans.map(([value, letters]) => [letters.toUpperCase(), value]))
  let sum = 0
  let greatest = 1
  for (const letter of [...text].reverse()) {
    const value = values.get(letter) ?? NaN
    if (value < greatest) sum -= value
    else {
      greatest = value
      sum += value
    }
  }
  return sum
}

function fromDigits(text: string, { isOrdinal, every, separators, zero = 0 }: IntegerPicture): number {
  let digits = isOrdinal ? text.substring(0, text.length - 2) : text
  if (every !== undefined) digits = digits.replaceAll(',', '')
  else for (const { character } of separators) digits = digits.replaceAll(character, '')
  const shift = '0'.charCodeAt(0) - zero
  if (shift !== 0) digits = digits.replace(/[^]/g, digit => String.fromCodePoint(digit.charCodeAt(0) + shift))
  return parseInt(digits, 10)
}

function parseInteger(text: string, pictureText: string): number {
  const picture = integerPicture(pictureText)
  const isUpper = picture.letterCase === 'upper'
  switch (picture.kind) {
    case 'letters':
      return fromLetters(text, isUpper ? 'A' : 'a')
    case 'roman':
      return fromRoman(isUpper ? text : text.toUpperCase())
    case 'words':
      return wordsToNumber(text.toLowerCase())
    case 'decimal':
      return fromDigits(text, picture)
    default:
      return fail('D3130', { value: picture.token })
  }
}

export const integers: Record<string, Builtin> = {
  formatInteger: ofDefined('<n-s:s>', 2, (value: number, picture: string) =>
    writeInteger(Math.floor(value), integerPicture(picture))
  ),
  parseInteger: ofDefined('<s-s:n>', 2, parseInteger)
}
