import { packed, unpacked } from '../../state/packed'
import type { Baseline } from './baseline'
import { Book, type BookSnapshot } from './book'
import type { Cycle } from './cycle'

/** Parts of a cycle, each by its mean. */
const parts = 16
/** A book of fewer shapes than of four cycles does not know them yet. */
const fewest = 4 * parts
/** The cycle is another one when its length differs by more than this share. */
const tolerance = 0.3

const newBook = (): Book => new Book({ points: parts, most: 64, near: 0.2 })

/**
 * Sixth evidence, in streams that have a cycle: the newest cycle has a shape that is not in the book of known ones. It is
 * looked at each time a part of it is complete, and tells the same until the next one is.
 */
export class Beats {
  private book = newBook()
  /** Means of the newest parts, as a ring; how many there were. */
  private means = new Float64Array(parts)
  private count = 0
  /** Records of a part; 0: no cycle is known. */
  private each = 0
  /** The part that is not complete: so many records, and their sum. */
  private records = 0
  private sum = 0
  /** What the evidence is after the newest record, and after the one that is weighed. */
  private told = 0
  private weighed = 0

  constructor(private readonly cycle: Cycle) {}

  /** Would one record more complete a cycle, or the next part of it? */
  private get isNext(): boolean {
    return this.each > 0 && this.records + 1 === this.each && this.count >= parts - 1
  }

  surprise(value: number, baseline: Baseline): number {
    this.weighed = this.isNext ? this.look(value, baseline) : this.told
    return this.weighed
  }

  /** The newest cycle, which ends with `value`, less its mean: a level is for others to judge. */
  private look(value: number, baseline: Baseline): number {
    const { book, means, count } = this
    const { shape } = book
    for (let i = 1; i < parts; i++) shape[i - 1] = means[(count + i) % parts]
    shape[parts - 1] = (this.sum + value) / this.each
    let mean = 0
    for (let i = 0; i < parts; i++) mean += shape[i] / parts
    for (let i = 0; i < parts; i++) shape[i] = baseline.inDeviations(shape[i] - mean)
    const surprise = book.surprise()
    return book.learnt < fewest ? 0 : surprise
  }

  /** Takes in the value that was weighed last; the cycle has it already. */
  learn(value: number): void {
    if (this.isNext) this.book.learn()
    this.told = this.weighed
    if (this.each > 0) this.add(value)
    this.follow()
  }

  private add(value: number): void {
    this.sum += value
    if (++this.records < this.each) return
    this.means[this.count++ % parts] = this.sum / this.each
    this.records = this.sum = 0
  }

  /** Begins anew where the cycle has another length. */
  private follow(): void {
    const { lag } = this.cycle
    if (lag === 0 || Math.abs(lag - this.each * parts) <= tolerance * this.each * parts) return
    const each = Math.max(1, Math.round(lag / parts))
    if (each === this.each) return
    this.each = each
    this.book = newBook()
    this.count = this.records = this.sum = this.told = 0
  }

  /** `null`: no cycle is known. */
  snapshot(): BeatsSnapshot {
    const { book, means, count, each, records, sum, told } = this
    if (each === 0) return null
    return { book: book.snapshot(), means: packed(means), count, each, records, sum, told }
  }

  restore(saved: BeatsSnapshot): void {
    if (saved === null) return
    const { book, means, count, each, records, sum, told } = saved
    this.book.restore(book)
    this.means = unpacked(means, Float64Array)
    Object.assign(this, { count, each, records, sum, told })
  }
}

export type BeatsSnapshot = {
  book: BookSnapshot
  means: string
  count: number
  each: number
  records: number
  sum: number
  told: number
} | null
