import type { Timestamp } from '../record'

/** The number of a row; 0: none. A list goes by the number of its first row. */
export type Row = number

const fewestPlaces = 64

/** Makes a column longer. */
export function widened<T extends Float64Array | Int32Array | Uint8Array>(column: T, larger: T): T {
  larger.set(column)
  return larger
}

/**
 * The rows of all keys in one table, and in it any number of lists, each in the order of its times, ties in the order they
 * came. So the few rows of many keys lie close together, and to insert one anywhere costs the logarithm of the length of
 * its list. A list is a skip list (W. Pugh, 1990) whose first row is linked on all levels. Places of rows that have left
 * are reused; the table itself only grows. What a row holds beside its time is its owner's.
 */
export class TimeLists {
  /** Rows in all lists. */
  size = 0
  /** By row; Infinity for no row. */
  protected times = new Float64Array(fewestPlaces).fill(Infinity, 0, 1)
  /** By level: the next row that is linked there. */
  private links = [new Int32Array(fewestPlaces)]
  /** The first place that is free again; the others are linked to it. */
  private free: Row = 0
  /** Places that were ever taken. */
  private used = 1
  private random = 1

  /** Infinity for no row. */
  timeOf(row: Row): Timestamp {
    return this.times[row]
  }

  /** The row behind `row`. */
  after(row: Row): Row {
    return this.links[0][row]
  }

  /** A row that is in no list yet. */
  protected take(time: Timestamp): Row {
    let row = this.free
    if (row === 0) {
      row = this.used++
      if (row === this.times.length) this.grow(2 * row)
    } else {
      this.free = this.links[0][row]
      this.links[0][row] = 0
    }
    this.times[row] = time
    this.size++
    return row
  }

  protected grow(places: number): void {
    this.times = widened(this.times, new Float64Array(places))
    this.links = this.links.map(next => widened(next, new Int32Array(places)))
  }

  /** Puts a row into a list, behind those of its time; returns the first row. */
  protected link(first: Row, row: Row): Row {
    if (first === 0) return row
    const { times, links } = this
    const time = times[row]
    if (time < times[first]) return this.linkBefore(first, row)
    const top = this.topOf(first)
    const height = this.height(top + 1)
    let at = first
    for (let level = Math.max(top, height); level >= 0; level--) {
      const next = links[level]
      for (let then; (then = next[at]) !== 0 && times[then] <= time;) at = then
      if (level > height) continue
      next[row] = next[at]
      next[at] = row
    }
    return first
  }

  /** The row takes the place of the first, and its links on all levels. */
  private linkBefore(first: Row, row: Row): Row {
    for (let level = this.topOf(first); level > 0; level--) {
      this.links[level][row] = this.links[level][first]
      this.links[level][first] = 0
    }
    this.links[0][row] = first
    return row
  }

  /** The highest level of a list. */
  private topOf(first: Row): number {
    const { links } = this
    let top = 0
    while (top + 1 < links.length && links[top + 1][first] !== 0) top++
    return top
  }

  /** Up to which level a new row is linked, at most `limit`: one row of eight goes on to the next one. */
  private height(limit: number): number {
    this.random = (Math.imul(this.random, 1_664_525) + 1_013_904_223) | 0
    const height = Math.min(Math.floor(Math.clz32(this.random) / 3), limit)
    if (height === this.links.length) this.links.push(new Int32Array(this.times.length))
    return height
  }

  /** Takes the first row out; returns the one that is first then. */
  dropFirst(first: Row): Row {
    const { links } = this
    const second = links[0][first]
    for (let level = 1; level < links.length && links[level][first] !== 0; level++) {
      const next = links[level]
      if (next[first] !== second) next[second] = next[first]
      next[first] = 0
    }
    links[0][first] = this.free
    this.free = first
    this.size--
    return second
  }

  /** Takes the rows before `time` out; returns the one that is first then. */
  dropBefore(first: Row, time: Timestamp): Row {
    let row = first
    while (this.times[row] < time) row = this.dropFirst(row)
    return row
  }

  dropAll(first: Row): void {
    for (let row = first; row !== 0;) row = this.dropFirst(row)
  }

  /** The first row of at least `time`. */
  from(first: Row, time: Timestamp): Row {
    const before = this.last(first, time, false)
    return before === 0 ? first : this.links[0][before]
  }

  /** The last row of at most `time`. */
  upTo(first: Row, time: Timestamp): Row {
    return this.last(first, time, true)
  }

  /** The last row before `time`, or also at it. */
  private last(first: Row, time: Timestamp, isAt: boolean): Row {
    const { times, links } = this
    if (!(times[first] < time || (isAt && times[first] === time))) return 0
    let at = first
    for (let level = this.topOf(first); level >= 0; level--) {
      const next = links[level]
      for (let then = next[at]; then !== 0; then = next[at]) {
        if (!(times[then] < time || (isAt && times[then] === time))) break
        at = then
      }
    }
    return at
  }

  clear(): void {
    this.times = this.times.slice(0, fewestPlaces)
    this.links = [new Int32Array(fewestPlaces)]
    this.free = this.size = 0
    this.used = 1
  }
}
