/** A block is split in two when it has grown to this size: large enough for few blocks, small enough to shift values. */
const full = 256

/** Are so many new numbers put in one by one, rather than merged with those that are there in one pass? */
const areFew = (more: number, present: number): boolean => more <= 16 + present / 32

/** The first place in ascending numbers whose number is not less. */
function placeOf(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Numbers in ascending order, equal ones as often as they were added: adding, taking out and reading by rank cost
 * O(log n) and the shifting of one block, whether 10 or 1,000,000 are held. New numbers wait unsorted until something
 * is read, so that a window that is only filled is sorted once.
 */
export class SortedNumbers {
  private blocks: number[][] = []
  private waiting: number[] = []
  /** Sums over the sizes of blocks: P. M. Fenwick (1994). Empty: to be made anew. */
  private tree: number[] = []
  private sorted = 0

  get length(): number {
    return this.sorted + this.waiting.length
  }

  add(value: number): void {
    // + 0: -0 becomes 0, as in JSON
    this.waiting.push(value + 0)
  }

  addAll(other: SortedNumbers): void {
    if (areFew(other.length, this.length)) for (const value of other.toArray()) this.waiting.push(value)
    else this.fill(merged(this.toArray(), other.toArray()))
  }

  /** Takes out one number of this value, if there is one. */
  remove(value: number): void {
    this.settle()
    const b = this.blockOf(value)
    if (b === this.blocks.length) return
    const block = this.blocks[b]
    const at = placeOf(block, value)
    if (block[at] !== value) return
    for (let i = at + 1; i < block.length; i++) block[i - 1] = block[i]
    block.pop()
    this.resized(b, -1)
    if (block.length > 0) return
    this.blocks.splice(b, 1)
    this.tree = []
  }

  removeAll(other: SortedNumbers): void {
    if (areFew(other.length, this.length)) for (const value of other.toArray()) this.remove(value)
    else this.fill(without(this.toArray(), other.toArray()))
  }

  /** The number of a rank from 0 to length - 1. */
  at(rank: number): number {
    this.settle()
    const { blocks } = this
    if (blocks.length === 1) return blocks[0][rank]
    if (this.tree.length === 0) this.plant()
    let b = 0
    for (let step = highestBit(blocks.length); step > 0; step >>= 1) {
      if (b + step < this.tree.length && this.tree[b + step] <= rank) {
        b += step
        rank -= this.tree[b]
      }
    }
    return blocks[b][rank]
  }

  /** All numbers in ascending order. */
  toArray(): number[] {
    this.settle()
    return this.blocks.flat()
  }

  static from(sorted: readonly number[]): SortedNumbers {
    const numbers = new SortedNumbers()
    numbers.fill(sorted)
    return numbers
  }

  /** The first block with a number that is not less. */
  private blockOf(value: number): number {
    const { blocks } = this
    let low = 0
    let high = blocks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const block = blocks[middle]
      if (block[block.length - 1] < value) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Puts the numbers that wait in order. */
  private settle(): void {
    const { waiting } = this
    if (waiting.length === 0) return
    this.waiting = []
    if (areFew(waiting.length, this.sorted)) for (const value of waiting) this.insert(value)
    else this.fill(merged(this.blocks.flat(), Float64Array.from(waiting).sort()))
  }

  private insert(value: number): void {
    const { blocks } = this
    if (blocks.length === 0) return this.fill([value])
    const b = Math.min(this.blockOf(value), blocks.length - 1)
    const block = blocks[b]
    const at = placeOf(block, value)
    block.push(value)
    for (let i = block.length - 1; i > at; i--) block[i] = block[i - 1]
    block[at] = value
    this.resized(b, 1)
    if (block.length < full) return
    blocks.splice(b + 1, 0, block.splice(full / 2))
    this.tree = []
  }

  private resized(b: number, by: number): void {
    this.sorted += by
    for (let i = b + 1; i < this.tree.length; i += i & -i) this.tree[i] += by
  }

  private plant(): void {
    const { blocks } = this
    const tree = new Array<number>(blocks.length + 1).fill(0)
    for (let i = 1; i < tree.length; i++) {
      tree[i] += blocks[i - 1].length
      const parent = i + (i & -i)
      if (parent < tree.length) tree[parent] += tree[i]
    }
    this.tree = tree
  }

  /** Replaces everything; the blocks are half full. */
  private fill(sorted: readonly number[]): void {
    this.blocks = []
    for (let i = 0; i < sorted.length; i += full / 2) this.blocks.push(sorted.slice(i, i + full / 2))
    this.sorted = sorted.length
    this.waiting = []
    this.tree = []
  }
}

const highestBit = (n: number): number => 1 << (31 - Math.clz32(n))

/** Two ascending lists as one. */
function merged(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const all: number[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) all.push(a[i] <= b[j] ? a[i++] : b[j++])
  while (i < a.length) all.push(a[i++])
  while (j < b.length) all.push(b[j++])
  return all
}

/** An ascending list less the numbers of another, each as often as it is in there. */
function without(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const rest: number[] = []
  let j = 0
  for (let i = 0; i < a.length; i++) {
    while (j < b.length && b[j] < a[i]) j++
    if (j < b.length && b[j] === a[i]) j++
    else rest.push(a[i])
  }
  return rest
}
