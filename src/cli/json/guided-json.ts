import { type Layout, layoutOf } from './layout'
import { LineReader } from './line-reader'
import { textOf } from './text'

const mostLayouts = 4
/** So many lines must be guessed right before another layout is learnt: where no line is like another, learning is a waste. */
const learningCost = 8

/**
 * Reads lines of JSON by the layout of the lines before. Every byte is checked, so that the result is what `JSON.parse`
 * gives; a line that is different in any way is left to `JSON.parse`. Half its time and less, and strings that come again
 * are the same string.
 */
export class GuidedJson {
  private bytes: Buffer = Buffer.alloc(0)
  private readonly reader = new LineReader()
  /** That of the last line first. */
  private readonly layouts: Layout[] = []
  private credit = mostLayouts * learningCost

  /** The lines stand in `bytes`: each ends with a line feed, and three bytes more can be read. */
  attach(bytes: Buffer): void {
    this.bytes = bytes
    this.reader.attach(bytes)
  }

  /** Behind the line that `guess` read. */
  get end(): number {
    return this.reader.at
  }

  /** The value of the line at `from`, whose end is then in `end`; `undefined` where it is like none of the lines before. */
  guess(from: number): unknown {
    const { layouts, reader } = this
    for (let i = 0; i < layouts.length; i++) {
      const layout = layouts[i]
      const value = reader.read(layout, from)
      if (!reader.isRight) continue
      if (i > 0) [layouts[0], layouts[i]] = [layout, layouts[0]]
      if (this.credit < mostLayouts * learningCost) this.credit++
      return value
    }
    return undefined
  }

  /** The value of the line in [from, to), a line feed at its end, which `guess` could not read. @throws Error */
  parse(from: number, to: number): unknown {
    const value: unknown = JSON.parse(textOf(this.bytes, from, to - 1))
    this.learn(from, to)
    return value
  }

  private learn(from: number, to: number): void {
    if (this.credit < learningCost) return void this.credit++
    this.credit -= learningCost
    const layout = layoutOf(this.bytes, from, to)
    if (layout === undefined) return
    if (this.layouts.length === mostLayouts) this.layouts.pop()
    this.layouts.unshift(layout)
  }
}
