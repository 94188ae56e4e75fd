import type { Baseline } from './baseline'
import { Book, type BookSnapshot } from './book'
import type { History } from './history'

const points = 8
/** A book that explains nothing is looked at once in so many records. */
const pace = 8

/** Fifth evidence: the newest records have a shape that is not in the book of known ones. */
export class Shapes {
  private readonly book = new Book({ points, most: 32, near: 0.3 })

  constructor(private readonly history: History) {}

  private get isReady(): boolean {
    const { count } = this.history
    return count >= 64 && (this.book.weight > 0 || count % pace === 0)
  }

  surprise(value: number, baseline: Baseline): number {
    if (!this.isReady) return 0
    const { history } = this
    const { shape } = this.book
    for (let i = 0; i < points; i++)
      shape[i] = baseline.inDeviations((i === 0 ? value : history.ago(i)) - baseline.mean)
    return this.book.surprise()
  }

  learn(): void {
    if (this.isReady) this.book.learn()
  }

  snapshot(): BookSnapshot {
    return this.book.snapshot()
  }

  restore(saved: BookSnapshot): void {
    this.book.restore(saved)
  }
}
