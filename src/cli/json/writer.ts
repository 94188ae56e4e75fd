import type { ByteSink } from '../files/byte-sink'
import type { ValueWriter } from '../value-writer'
import { putPadded, putShortest } from './shortest-decimal'

const chunkSize = 1 << 16
/** Room for a number and what stands around it. */
const numberRoom = 32
/** Deeper objects are left to JSON.stringify, which also finds those that contain themselves. */
const deepest = 8

/**
 * Writes values as lines of JSON, byte by byte what `JSON.stringify` gives: the bytes of a key are made once, plain
 * numbers and ASCII strings are put down without making strings of them, everything else is left to JSON.stringify.
 */
export class JsonWriter implements ValueWriter {
  private bytes = Buffer.allocUnsafe(2 * chunkSize)
  private at = 0
  /** How many members of the value have been written: the next one has the key that stood here in the value before. */
  private member = 0
  private readonly keys: string[] = []
  private readonly prefixes: Buffer[] = []
  private readonly prefixOfKey = new Map<string, Buffer>()

  constructor(private readonly sink: ByteSink) {}

  /** Writes a line; what JSON does not have (`undefined`, a function) is `null`. @throws what JSON.stringify throws */
  write(value: unknown): void {
    const start = this.at
    this.member = 0
    try {
      if (isWrittenByMember(value)) this.object(value, 0)
      else if (typeof value === 'number') this.number(value)
      else if (typeof value === 'string') this.string(value)
      else this.text(JSON.stringify(value) ?? 'null')
    } catch (error) {
      this.at = start
      throw error
    }
    this.reserve(1)
    this.bytes[this.at++] = 0x0a
    if (this.at >= chunkSize) this.flush()
  }

  flush(): void {
    if (this.at === 0) return
    this.sink.write(this.bytes.subarray(0, this.at))
    this.at = 0
  }

  close(): void {
    this.flush()
    this.sink.close()
  }

  /** Makes sure that `length` bytes more can be written. */
  private reserve(length: number): void {
    if (this.at + length <= this.bytes.length) return
    const larger = Buffer.allocUnsafe(2 * (this.at + length))
    this.bytes.copy(larger, 0, 0, this.at)
    this.bytes = larger
  }

  private object(object: Record<string, unknown>, depth: number): void {
    const start = this.at
    for (const key in object) {
      const value = object[key]
      const type = typeof value
      if (type === 'number') {
        this.key(key)
        this.number(value as number)
      } else if (type === 'string') {
        this.key(key)
        this.string(value as string)
      } else if (value === null || type === 'boolean') {
        this.key(key)
        this.text(String(value))
      } else if (depth < deepest && isWrittenByMember(value)) {
        this.key(key)
        this.object(value, depth + 1)
      } else this.otherMember(key, value)
    }
    this.reserve(2)
    // each member brings a comma: the first one's is the place of the brace
    if (this.at === start) this.at++
    this.bytes[start] = 0x7b
    this.bytes[this.at++] = 0x7d
  }

  /** Puts `,"key":`. */
  private key(key: string): void {
    const index = this.member++
    if (this.keys[index] !== key) {
      this.keys[index] = key
      this.prefixes[index] = this.prefix(key)
    }
    const prefix = this.prefixes[index]
    const { length } = prefix
    this.reserve(length + numberRoom)
    const { bytes, at } = this
    for (let i = 0; i < length; i++) bytes[at + i] = prefix[i]
    this.at = at + length
  }

  private prefix(key: string): Buffer {
    let prefix = this.prefixOfKey.get(key)
    if (prefix === undefined) {
      prefix = Buffer.from(`,${JSON.stringify(key)}:`)
      if (this.prefixOfKey.size < 1000) this.prefixOfKey.set(key, prefix)
    }
    return prefix
  }

  /** Whatever JSON.stringify makes of it, which may be nothing. */
  private otherMember(key: string, value: unknown): void {
    const text = JSON.stringify({ [key]: value })
    if (text !== '{}') this.text(`,${text.slice(1, -1)}`)
  }

  private text(text: string): void {
    this.reserve(3 * text.length)
    this.at += this.bytes.write(text, this.at)
  }

  private string(text: string): void {
    const { length } = text
    this.reserve(length + 2)
    const { bytes, at } = this
    bytes[at] = 0x22
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) return this.text(JSON.stringify(text))
      bytes[at + 1 + i] = code
    }
    bytes[at + 1 + length] = 0x22
    this.at = at + length + 2
  }

  private number(number: number): void {
    this.reserve(numberRoom)
    if (number >= 0 && number < 1e15 && Math.floor(number) === number) return this.digits(number)
    let { at } = this
    if (number < 0) this.bytes[at++] = 0x2d
    const end = putShortest(this.bytes, at, Math.abs(number))
    if (end > 0) this.at = end
    else this.ascii(Number.isFinite(number) ? String(number) : 'null')
  }

  private ascii(text: string): void {
    const { bytes, at } = this
    for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i)
    this.at = at + text.length
  }

  /** A whole number from 0 to 1e15. */
  private digits(number: number): void {
    if (number >= 1e9) {
      const upper = Math.floor(number / 1e9)
      this.digits(upper)
      this.padded(number - upper * 1e9, 9)
    } else this.padded(number, lengthOf(number))
  }

  private padded(number: number, length: number): void {
    putPadded(this.bytes, this.at, number, length)
    this.at += length
  }
}

function lengthOf(number: number): number {
  let length = 1
  for (let limit = 10; number >= limit; limit *= 10) length++
  return length
}

/** Is it an object that JSON.stringify would write member by member? */
function isWrittenByMember(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  return (
    Object.getPrototypeOf(value) === Object.prototype && typeof (value as { toJSON?: unknown }).toJSON !== 'function'
  )
}
