import type { Layout, Shape } from './layout'
import { type Members, objectLiterals } from './object-literals'
import { endOfNested, endOfString } from './scan'
import { StringCache } from './string-cache'
import { textOf } from './text'

/** Digits that a double holds exactly. */
const exactDigits = 15
const powersOfTen = Array.from({ length: exactDigits + 1 }, (_, i) => 10 ** i)

/** One for all inputs: what is a key in one file is a key in the other. */
const strings = new StringCache()

const [wordNull, wordTrue, wordFals] = ['null', 'true', 'fals'].map(text => Buffer.from(text).readInt32LE())

/** Reads a line of JSON by a layout: the bytes around the values are compared, the values read in place. */
export class LineReader implements Members {
  /** Is the line as the layout has it? */
  isRight = true
  /** Where it has come to: behind the line, once that was read. */
  at = 0
  private bytes: Buffer = Buffer.alloc(0)
  private view: DataView = new DataView(new ArrayBuffer(0))
  private literal = 0
  private layout: Layout = { shape: undefined, words: [], masks: [], lengths: [] }

  /** The lines stand in `bytes`: each ends with a line feed, and three bytes more can be read. */
  attach(bytes: Buffer): void {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  /** The value of the line at `from`; `isRight` tells whether it is one. */
  read(layout: Layout, from: number): unknown {
    this.at = from
    this.literal = 0
    this.isRight = true
    this.layout = layout
    const value = layout.shape === undefined ? this.next() : this.object(layout.shape)
    if (this.isRight) this.matchLiteral()
    return value
  }

  private fail(): undefined {
    this.isRight = false
    return undefined
  }

  /** Compares the bytes up to the next value. */
  private matchLiteral(): boolean {
    const { view, at } = this
    const words = this.layout.words[this.literal]
    const masks = this.layout.masks[this.literal]
    for (let i = 0; i < words.length; i++) {
      if ((view.getInt32(at + 4 * i, true) ^ words[i]) & masks[i]) {
        this.isRight = false
        return false
      }
    }
    this.at = at + this.layout.lengths[this.literal++]
    return true
  }

  private object(shape: Shape): unknown {
    const { keys } = shape
    if (keys.length < objectLiterals.length) return objectLiterals[keys.length](this, shape, keys)
    const object = objectLiterals[objectLiterals.length - 1](this, shape, keys)
    for (let i = objectLiterals.length - 1; i < keys.length; i++) object[keys[i]] = this.member(shape, i)
    return object
  }

  /** The value of a member; `undefined` once the line has turned out to be different. */
  member(shape: Shape, index: number): unknown {
    const child = shape.children[index]
    return child === undefined ? this.next() : this.object(child)
  }

  private next(): unknown {
    if (!this.isRight || !this.matchLiteral()) return undefined
    const byte = this.bytes[this.at]
    if (byte === 0x22) return this.string()
    if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) return this.number()
    if (byte === 0x5b || byte === 0x7b) return this.nested()
    return this.word()
  }

  private word(): unknown {
    const { at } = this
    const word = this.view.getInt32(at, true)
    this.at = at + 4
    if (word === wordNull) return null
    if (word === wordTrue) return true
    this.at = at + 5
    return word === wordFals && this.bytes[at + 4] === 0x65 ? false : this.fail()
  }

  private string(): string | undefined {
    const { bytes, at } = this
    let hash = 0
    let i = at + 1
    for (let byte; (byte = bytes[i]) !== 0x22; i++) {
      if (byte === 0x5c || byte < 0x20 || byte > 0x7e) return this.unusualString()
      hash = (Math.imul(hash, 31) + byte) | 0
    }
    this.at = i + 1
    return strings.get(bytes, at + 1, i, hash)
  }

  /** One with an escape or beyond ASCII. */
  private unusualString(): string | undefined {
    return this.byItself(endOfString(this.bytes, this.at)) as string | undefined
  }

  private nested(): unknown {
    return this.byItself(endOfNested(this.bytes, this.at))
  }

  private byItself(end: number): unknown {
    if (end < 0) return this.fail()
    try {
      const value: unknown = JSON.parse(textOf(this.bytes, this.at, end))
      this.at = end
      return value
    } catch {
      // what is wrong is told when the whole line is parsed
      return this.fail()
    }
  }

  /** A whole number of at most 15 digits is exact, and so is a power of ten: their quotient is the nearest double. */
  private number(): number | undefined {
    const { bytes, at } = this
    const isNegative = bytes[at] === 0x2d
    const start = isNegative ? at + 1 : at
    let i = start
    let byte = bytes[i]
    let digits = 0
    for (; byte >= 0x30 && byte <= 0x39; byte = bytes[++i]) digits = digits * 10 + (byte - 0x30)
    const whole = i - start
    if (whole === 0 || (whole > 1 && bytes[start] === 0x30)) return this.fail()
    let decimals = 0
    if (byte === 0x2e) {
      const point = i
      byte = bytes[++i]
      for (; byte >= 0x30 && byte <= 0x39; byte = bytes[++i]) digits = digits * 10 + (byte - 0x30)
      decimals = i - point - 1
      if (decimals === 0) return this.fail()
    }
    if (whole + decimals > exactDigits || byte === 0x65 || byte === 0x45) return this.longNumber(i)
    this.at = i
    if (decimals > 0) digits /= powersOfTen[decimals]
    return isNegative ? -digits : digits
  }

  /** A number whose digits end at `end`, perhaps with an exponent behind. */
  private longNumber(end: number): number | undefined {
    const { bytes, at } = this
    let i = end
    if (bytes[i] === 0x65 || bytes[i] === 0x45) {
      i++
      if (bytes[i] === 0x2b || bytes[i] === 0x2d) i++
      const exponent = i
      while (bytes[i] >= 0x30 && bytes[i] <= 0x39) i++
      if (i === exponent) return this.fail()
    }
    this.at = i
    return Number(bytes.toString('latin1', at, i))
  }
}
