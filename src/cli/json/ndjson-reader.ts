import type { Message } from '../../record'
import { hasFields } from '../../row'
import type { ByteSource } from '../files/byte-source'
import type { ReadOptions, RecordReader } from '../record-reader'
import { GuidedJson } from './guided-json'
import { isBlank } from './scan'

const chunkSize = 1 << 18
/** A longer line is bad: one forgotten line feed must not eat the memory. */
const longestLine = 1 << 28
/** Bytes behind the lines that the parser may look at. */
const padding = 3
const lineFeed = 0x0a

/** Reads lines of JSON in place, in the bytes of a chunk. */
export class NdjsonReader implements RecordReader {
  line = 0
  private bytes = Buffer.alloc(chunkSize + padding)
  /** The next line begins at `at`, the whole lines end at `end`, what has been read of the file at `filled`. */
  private at = 0
  private end = 0
  private filled = 0
  private isOver = false
  private isFirst = true
  private isSkipping = false
  private readonly json = new GuidedJson()

  constructor(
    readonly file: string,
    private readonly source: ByteSource,
    private readonly options: ReadOptions
  ) {
    this.json.attach(this.bytes)
  }

  get mayWait(): boolean {
    return !this.source.isFile
  }

  read(): Message | undefined {
    while (this.at < this.end) {
      this.line++
      const guessed = this.json.guess(this.at)
      if (guessed === undefined) {
        const message = this.parseLine()
        if (message !== undefined) return message
        continue
      }
      this.at = this.json.end
      if (!this.options.whole) return { payload: guessed }
      if (hasFields(guessed)) return guessed
      this.bad(notAMessage)
    }
    return undefined
  }

  /** The line as `JSON.parse` reads it; `undefined` where it is empty or bad. */
  private parseLine(): Message | undefined {
    const from = this.at
    const to = this.bytes.indexOf(lineFeed, from) + 1
    this.at = to
    if (isEmpty(this.bytes, from, to)) return undefined
    try {
      const value = this.json.parse(from, to)
      if (!this.options.whole) return { payload: value }
      if (!hasFields(value)) throw new Error(notAMessage)
      return value
    } catch (error) {
      this.bad(inOneLine((error as Error).message))
      return undefined
    }
  }

  private bad(problem: string): void {
    this.options.onBadLine(`${this.file}:${this.line}`, problem)
  }

  async load(): Promise<boolean> {
    if (this.isOver) return false
    this.bytes.copyWithin(0, this.end, this.filled)
    this.filled -= this.end
    this.at = this.end = 0
    while (this.end === 0) {
      if (this.filled === this.bytes.length - padding) this.makeRoom()
      const from = this.filled
      const count = await this.source.read(this.bytes, from, this.bytes.length - padding)
      if (count === 0) return this.finish()
      this.filled += count
      this.end = this.bytes.subarray(from, this.filled).lastIndexOf(lineFeed) + 1
      if (this.end > 0) this.end += from
      if (this.isSkipping) this.skip()
    }
    if (this.isFirst) this.skipByteOrderMark()
    return true
  }

  /** The file has ended: its last line may have no line feed. */
  private finish(): boolean {
    this.isOver = true
    if (this.filled === 0 || this.isSkipping) return false
    this.bytes[this.filled++] = lineFeed
    this.end = this.filled
    if (this.isFirst) this.skipByteOrderMark()
    return true
  }

  private skipByteOrderMark(): void {
    this.isFirst = false
    if (this.bytes[0] === 0xef && this.bytes[1] === 0xbb && this.bytes[2] === 0xbf) this.at = 3
  }

  /** A line longer than the buffer: the buffer grows, up to a bound. */
  private makeRoom(): void {
    if (this.filled >= longestLine) {
      this.line++
      this.bad(`line is longer than ${longestLine >> 20} MB`)
      this.isSkipping = true
      this.filled = 0
      return
    }
    const larger = Buffer.alloc(2 * (this.bytes.length - padding) + padding)
    this.bytes.copy(larger, 0, 0, this.filled)
    this.bytes = larger
    this.json.attach(larger)
  }

  /** Leaves out the rest of a line that is too long. */
  private skip(): void {
    if (this.end === 0) this.filled = 0
    else {
      this.at = this.bytes.indexOf(lineFeed) + 1
      this.isSkipping = false
    }
  }
}

const notAMessage = 'a message must be an object (--messages)'

/** What JSON.parse says: which line it is, is ours to tell, and the line may end with a carriage return. */
const inOneLine = (message: string): string => message.replace(/ \(line \d+ column \d+\)$/, '').replace(/\s+/g, ' ')

function isEmpty(bytes: Buffer, from: number, to: number): boolean {
  let at = from
  while (at < to && isBlank(bytes[at])) at++
  return at === to
}
