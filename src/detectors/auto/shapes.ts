import { packed, unpacked } from '../../state/packed'
import type { Baseline } from './baseline'
import type { History } from './history'
import { Tail, tailOfSizes } from './tail'

const points = 8
const most = 32
const pace = 8
/** A shape nearer than this to one in the book is not worth a place of its own while there is room. */
const near = 0.3
/** A shape farther than this takes the place of the one that was least met. */
const far = 1.5
/** Meetings after which the newest one weighs no less. */
const inertia = 100

/**
 * Fifth evidence: the newest records have a shape that is not in the book of known ones (an online k-means). It counts
 * only in streams that repeat themselves, so far as the book explains them: noise has no shapes.
 */
export class Shapes {
  private readonly tail = tailOfSizes()
  private book = new Float32Array(most * points)
  private meetings = new Float32Array(most)
  private known = 0
  /** Mean distance to the book, in deviations. */
  private unexplained = 1
  private readonly shape = new Float64Array(points)
  private nearest = -1
  private distance = 0

  constructor(private readonly history: History) {}

  /** A book that explains nothing is looked at now and then only. */
  private get isReady(): boolean {
    const { count } = this.history
    return count >= 64 && (this.weight > 0 || count % pace === 0)
  }

  surprise(value: number, baseline: Baseline): number {
    if (!this.isReady) return 0
    const { shape, history } = this
    for (let i = 0; i < points; i++)
      shape[i] = baseline.inDeviations((i === 0 ? value : history.ago(i)) - baseline.mean)
    this.find()
    return this.weight > 0 && this.nearest >= 0 ? this.weight * this.tail.surprise(this.distance) : 0
  }

  /** What the evidence is worth: all where the book explains the stream to an eighth of its deviation, nothing from a quarter on. */
  private get weight(): number {
    return Math.max(0, Math.min(1, 2 - 8 * this.unexplained))
  }

  private find(): void {
    const { shape, book } = this
    let least = Infinity
    this.nearest = -1
    for (let k = 0; k < this.known; k++) {
      let sum = 0
      for (let i = 0; i < points; i++) sum += (shape[i] - book[k * points + i]) ** 2
      if (sum < least) {
        least = sum
        this.nearest = k
      }
    }
    this.distance = Math.sqrt(least / points)
  }

  learn(): void {
    if (!this.isReady) return
    const { nearest, distance } = this
    if (nearest >= 0) {
      this.tail.add(distance)
      this.unexplained += Math.max(0.005, 1 / this.history.count) * (distance - this.unexplained)
    }
    if (this.known < most && (nearest < 0 || distance > near)) return this.write(this.known++)
    this.approach(nearest)
    if (distance > far) this.write(this.leastMet())
  }

  private write(k: number): void {
    this.book.set(this.shape, k * points)
    this.meetings[k] = 1
  }

  private approach(k: number): void {
    this.meetings[k] = Math.min(this.meetings[k] + 1, inertia)
    for (let i = 0; i < points; i++) {
      this.book[k * points + i] += (this.shape[i] - this.book[k * points + i]) / this.meetings[k]
    }
  }

  private leastMet(): number {
    let least = 0
    for (let k = 1; k < this.known; k++) if (this.meetings[k] < this.meetings[least]) least = k
    return least
  }

  snapshot(): ShapesSnapshot {
    const { known, unexplained } = this
    return { tail: this.tail.snapshot(), book: packed(this.book), meetings: packed(this.meetings), known, unexplained }
  }

  restore({ tail, book, meetings, known, unexplained }: ShapesSnapshot): void {
    this.tail.restore(tail)
    this.book = unpacked(book, Float32Array)
    this.meetings = unpacked(meetings, Float32Array)
    this.known = known
    this.unexplained = unexplained
  }
}

interface ShapesSnapshot {
  tail: ReturnType<Tail['snapshot']>
  book: string
  meetings: string
  known: number
  unexplained: number
}
