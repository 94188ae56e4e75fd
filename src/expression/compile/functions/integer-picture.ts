import { fail } from '../errors'
import { regularity } from './regularity'

/** How a whole number is written: digits with separators, letters, Roman numerals or English words. */
export interface IntegerPicture {
  kind: 'decimal' | 'letters' | 'roman' | 'words' | 'sequence'
  letterCase: 'upper' | 'lower' | 'title'
  isOrdinal: boolean
  /** The text of a picture that is of no known kind. */
  token: string
  /** At least so many digits. Absent where it has none, as all below. */
  digits?: number
  optionalDigits?: number
  /** The code of the digit 0. */
  zero?: number
  separators: readonly Separator[]
  /** There is the same separator every so many digits. */
  every?: number
}

interface Separator {
  /** Digits to its right. */
  position: number
  character: string
}

const letterKinds: Record<string, Pick<IntegerPicture, 'kind' | 'letterCase'>> = {
  A: { kind: 'letters', letterCase: 'upper' },
  a: { kind: 'letters', letterCase: 'lower' },
  I: { kind: 'roman', letterCase: 'upper' },
  i: { kind: 'roman', letterCase: 'lower' },
  W: { kind: 'words', letterCase: 'upper' },
  Ww: { kind: 'words', letterCase: 'title' },
  w: { kind: 'words', letterCase: 'lower' }
}

/** Where the decimal digits of the scripts of the world begin (Unicode, general category Nd). */
const zeros = (
  '30 660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 1946 19d0 1a80 1a90 1b50 ' +
  '1bb0 1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 ff10'
)
  .split(' ')
  .map(code => parseInt(code, 16))

/** Reads a picture such as `#,##0;o`, `Ww` or `I`. @throws D3131 for digits of two scripts */
export function integerPicture(text: string): IntegerPicture {
  const mark = text.lastIndexOf(';')
  const token = mark < 0 ? text : text.substring(0, mark)
  const isOrdinal = mark >= 0 && text[mark + 1] === 'o'
  const known = Object.hasOwn(letterKinds, token) ? letterKinds[token] : undefined
  return known ? { ...known, isOrdinal, token, separators: [] } : { ...digitPicture(token), isOrdinal }
}

function digitPicture(token: string): IntegerPicture {
  let zero: number | undefined
  let digits = 0
  let optionalDigits = 0
  const separators: Separator[] = []
  for (const character of [...token].reverse()) {
    const code = character.codePointAt(0) as number
    const script = zeros.find(from => code >= from && code <= from + 9)
    if (script !== undefined) {
      if (zero !== undefined && zero !== script) fail('D3131')
      zero = script
      digits++
    } else if (character === '#') optionalDigits++
    else separators.push({ position: digits + optionalDigits, character })
  }
  const common = { letterCase: 'lower', isOrdinal: false, token } as const
  if (zero === undefined) return { ...common, kind: 'sequence', separators: [] }
  const areAlike = separators.every(({ character }) => character === separators[0].character)
  const every = areAlike ? regularity(separators.map(({ position }) => position)) : undefined
  return { ...common, kind: 'decimal', digits, optionalDigits, zero, separators, every }
}
