import { endOfNested, endOfString, isBlank } from './scan'

/** The keys of an object, and which of its members are objects whose keys are known too. */
export interface Shape {
  keys: string[]
  children: (Shape | undefined)[]
}

/**
 * How a line is put together: literal bytes, a value, literal bytes, a value, … literal bytes up to and with the line
 * feed. Kept as 32-bit words, so that four bytes are compared at once; `masks` blank what lies behind the last byte.
 */
export interface Layout {
  shape: Shape | undefined
  words: Int32Array[]
  masks: Int32Array[]
  lengths: number[]
}

/** Deeper objects, and those behind so many values, are read as one value. */
const deepest = 8
const mostValues = 256
const longestLine = 1 << 16

/** The layout of the line in [from, to), which is JSON and ends with a line feed; `undefined` where it is not worth learning. */
export function layoutOf(bytes: Buffer, from: number, to: number): Layout | undefined {
  if (to - from > longestLine) return undefined
  const layout: Layout = { shape: undefined, words: [], masks: [], lengths: [] }
  let at = from
  let literalStart = from
  let isRegular = true

  const skipBlanks = (): void => {
    while (isBlank(bytes[at])) at++
  }
  const endLiteral = (): void => {
    const literal = Buffer.concat([bytes.subarray(literalStart, at), Buffer.alloc(3)])
    const length = at - literalStart
    const starts = Array.from({ length: Math.ceil(length / 4) }, (_, i) => 4 * i)
    layout.words.push(Int32Array.from(starts, start => literal.readInt32LE(start)))
    layout.masks.push(Int32Array.from(starts, start => (length - start < 4 ? (1 << (8 * (length - start))) - 1 : -1)))
    layout.lengths.push(length)
  }
  const key = (): string => {
    const start = at
    at = endOfString(bytes, at)
    return JSON.parse(bytes.toString('utf8', start, at)) as string
  }
  const value = (depth: number): Shape | undefined => {
    skipBlanks()
    if (bytes[at] === openBrace && depth < deepest && layout.lengths.length < mostValues) return object(depth)
    endLiteral()
    at = endOfValue(bytes, at)
    literalStart = at
    return undefined
  }
  const object = (depth: number): Shape => {
    const shape: Shape = { keys: [], children: [] }
    do {
      at++
      skipBlanks()
      if (bytes[at] === closeBrace) break
      shape.keys.push(key())
      skipBlanks()
      at++
      shape.children.push(value(depth + 1))
      skipBlanks()
    } while (bytes[at] === comma)
    at++
    // setting __proto__ would not make a member
    if (shape.keys.includes('__proto__')) isRegular = false
    return shape
  }

  layout.shape = value(0)
  at = to
  endLiteral()
  return isRegular ? layout : undefined
}

function endOfValue(bytes: Buffer, at: number): number {
  if (bytes[at] === quote) return endOfString(bytes, at)
  if (bytes[at] === openBrace || bytes[at] === openBracket) return endOfNested(bytes, at)
  while (!isBlank(bytes[at]) && bytes[at] !== comma && bytes[at] !== closeBrace) at++
  return at
}

const quote = 0x22
const comma = 0x2c
const openBracket = 0x5b
const openBrace = 0x7b
const closeBrace = 0x7d
