import { packed, unpacked } from '../../state/packed'
import { Tail, tailOfSizes } from './tail'

/** A shape farther than this takes the place of the one that was least met. */
const far = 1.5
/** Distances are not told apart more finely than to this. */
const finest = 0.1
/** Meetings after which the newest one weighs no less. */
const inertia = 100

/** How much a book tells apart. */
interface Size {
  /** Numbers that make a shape. */
  points: number
  /** Shapes that it has room for. */
  most: number
  /** A shape nearer than this to one in the book is not worth a place of its own while there is room. */
  near: number
}

/**
 * A book of the shapes that are known of a stream (an online k-means), and how unusual it is that one is as far from all
 * of them as the one that is looked up. Distances are root mean squares, in deviations of the stream.
 */
export class Book {
  /** The shape to look up, and then to learn: to be filled in before. */
  readonly shape: Float64Array
  private readonly tail = tailOfSizes()
  private shapes: Float32Array
  private meetings: Float32Array
  private known = 0
  /** How many were learnt. */
  learnt = 0
  /** Mean distance to the book. */
  private unexplained = 1
  private nearest = -1
  private distance = 0

  constructor(private readonly size: Size) {
    this.shape = new Float64Array(size.points)
    this.shapes = new Float32Array(size.most * size.points)
    this.meetings = new Float32Array(size.most)
  }

  /**
   * What the evidence is worth, for noise has no shapes: all where the book explains the stream to an eighth of its
   * deviation, nothing from a quarter on.
   */
  get weight(): number {
    return Math.max(0, Math.min(1, 2 - 8 * this.unexplained))
  }

  /** The distance, measured by what is usual by now: a book gets better. */
  private get oddity(): number {
    return this.distance / (this.unexplained + finest)
  }

  /** Looks the shape up; returns the evidence that it is a strange one. */
  surprise(): number {
    this.find()
    return this.weight > 0 && this.nearest >= 0 ? this.weight * this.tail.surprise(this.oddity) : 0
  }

  private find(): void {
    const { shape, shapes, known } = this
    const { points } = this.size
    let least = Infinity
    this.nearest = -1
    for (let k = 0; k < known; k++) {
      let sum = 0
      for (let i = 0; i < points; i++) sum += (shape[i] - shapes[k * points + i]) ** 2
      if (sum < least) {
        least = sum
        this.nearest = k
      }
    }
    this.distance = Math.sqrt(least / points)
  }

  /** Takes in the shape that was looked up last. */
  learn(): void {
    const { nearest, distance, size } = this
    this.learnt++
    if (nearest >= 0) {
      this.tail.add(this.oddity)
      this.unexplained += Math.max(0.005, 1 / this.learnt) * (distance - this.unexplained)
    }
    if (this.known < size.most && (nearest < 0 || distance > size.near)) return this.write(this.known++)
    this.approach(nearest)
    if (distance > far) this.write(this.leastMet())
  }

  private write(k: number): void {
    this.shapes.set(this.shape, k * this.size.points)
    this.meetings[k] = 1
  }

  private approach(k: number): void {
    const { shape, shapes, meetings } = this
    const { points } = this.size
    meetings[k] = Math.min(meetings[k] + 1, inertia)
    for (let i = 0; i < points; i++) shapes[k * points + i] += (shape[i] - shapes[k * points + i]) / meetings[k]
  }

  private leastMet(): number {
    let least = 0
    for (let k = 1; k < this.known; k++) if (this.meetings[k] < this.meetings[least]) least = k
    return least
  }

  snapshot(): BookSnapshot {
    const { tail, shapes, meetings, known, learnt, unexplained } = this
    return { tail: tail.snapshot(), shapes: packed(shapes), meetings: packed(meetings), known, learnt, unexplained }
  }

  restore({ tail, shapes, meetings, known, learnt, unexplained }: BookSnapshot): void {
    this.tail.restore(tail)
    this.shapes = unpacked(shapes, Float32Array)
    this.meetings = unpacked(meetings, Float32Array)
    this.known = known
    this.learnt = learnt
    this.unexplained = unexplained
  }
}

export interface BookSnapshot {
  tail: ReturnType<Tail['snapshot']>
  shapes: string
  meetings: string
  known: number
  learnt: number
  unexplained: number
}
