import type { Message, Timestamp } from '../../record'
import { toPlain } from '../../state/plain'

/** The number of a row; 0: none. A list goes by the number of its first row. */
export type Row = number

/** Rows as plain JSON data. */
export interface SavedRows {
  times: Timestamp[]
  messages: Message[]
  matched: boolean[]
}

const fewestPlaces = 64

function widened<T extends Float64Array | Int32Array | Uint8Array>(column: T, larger: T): T {
  larger.set(column)
  return larger
}

/**
 * The rows of all keys in one table, and in it any number of lists: each in the order of its times, ties in the order
 * they came. So few rows of many keys lie close together, and each costs the logarithm of the length of its list,
 * wherever its time puts it. A list is a skip list (W. Pugh, 1990) whose first row is linked on all levels. Places of
 * rows that have left are taken again; the table itself grows only.
 */
export class RowTable {
  /** Rows in all lists. */
  size = 0
  private times = new Float64Array(fewestPlaces).fill(Infinity, 0, 1)
  private messages: (Message | undefined)[] = [undefined]
  private matched = new Uint8Array(fewestPlaces)
  /** By level: the next row that is linked there. */
  private next = [new Int32Array(fewestPlaces)]
  /** The first place that is free again; the others are linked to it. */
  private free: Row = 0
  private random = 1

  /** Infinity for no row. */
  timeOf(row: Row): Timestamp {
    return this.times[row]
  }

  messageOf(row: Row): Message {
    return this.messages[row] as Message
  }

  /** Has the row been part of a result? */
  isMatched(row: Row): boolean {
    return this.matched[row] === 1
  }

  match(row: Row): void {
    this.matched[row] = 1
  }

  /** The row behind `row`. */
  after(row: Row): Row {
    return this.next[0][row]
  }

  /** Puts a row in, behind those of its time; returns the first row. */
  insert(first: Row, time: Timestamp, message: Message, isMatched = false): Row {
    const row = this.take(time, message, isMatched)
    if (first === 0) return row
    const { times, next } = this
    // the first row keeps its place in the table, whatever it holds
    if (time < times[first]) this.swap(first, row)
    const top = this.topOf(first)
    const height = this.height(top + 1)
    let at = first
    for (let level = Math.max(top, height); level >= 0; level--) {
      const links = next[level]
      for (let then; (then = links[at]) !== 0 && times[then] <= time;) at = then
      if (level > height) continue
      links[row] = links[at]
      links[at] = row
    }
    return first
  }

  private take(time: Timestamp, message: Message, isMatched: boolean): Row {
    let row = this.free
    if (row === 0) {
      row = this.messages.push(message) - 1
      if (row === this.times.length) this.grow()
    } else {
      this.free = this.next[0][row]
      this.next[0][row] = 0
      this.messages[row] = message
    }
    this.times[row] = time
    this.matched[row] = isMatched ? 1 : 0
    this.size++
    return row
  }

  private grow(): void {
    const places = 2 * this.times.length
    this.times = widened(this.times, new Float64Array(places))
    this.matched = widened(this.matched, new Uint8Array(places))
    this.next = this.next.map(links => widened(links, new Int32Array(places)))
  }

  /** What two rows hold changes places. */
  private swap(one: Row, other: Row): void {
    const { times, messages, matched } = this
    ;[times[one], times[other]] = [times[other], times[one]]
    ;[messages[one], messages[other]] = [messages[other], messages[one]]
    ;[matched[one], matched[other]] = [matched[other], matched[one]]
  }

  /** The highest level of a list. */
  private topOf(first: Row): number {
    const { next } = this
    let top = 0
    while (top + 1 < next.length && next[top + 1][first] !== 0) top++
    return top
  }

  /** Up to which level a new row is linked, at most `limit`: one row of eight goes on to the next one. */
  private height(limit: number): number {
    this.random = (Math.imul(this.random, 1_664_525) + 1_013_904_223) | 0
    const height = Math.min(Math.floor(Math.clz32(this.random) / 3), limit)
    if (height === this.next.length) this.next.push(new Int32Array(this.times.length))
    return height
  }

  /** Takes the first row out; returns the one that is first then. */
  dropFirst(first: Row): Row {
    const { messages, next } = this
    const second = next[0][first]
    for (let level = 1; level < next.length && next[level][first] !== 0; level++) {
      const links = next[level]
      if (links[first] !== second) links[second] = links[first]
      links[first] = 0
    }
    messages[first] = undefined
    next[0][first] = this.free
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
    return before === 0 ? first : this.next[0][before]
  }

  /** The last row of at most `time`. */
  upTo(first: Row, time: Timestamp): Row {
    return this.last(first, time, true)
  }

  /** The last row before `time`, or also at it. */
  private last(first: Row, time: Timestamp, isAt: boolean): Row {
    const { times, next } = this
    if (!(times[first] < time || (isAt && times[first] === time))) return 0
    let at = first
    for (let level = this.topOf(first); level >= 0; level--) {
      const links = next[level]
      for (let then = links[at]; then !== 0; then = links[at]) {
        if (!(times[then] < time || (isAt && times[then] === time))) break
        at = then
      }
    }
    return at
  }

  clear(): void {
    this.times = this.times.slice(0, fewestPlaces)
    this.matched = new Uint8Array(fewestPlaces)
    this.next = [new Int32Array(fewestPlaces)]
    this.messages = [undefined]
    this.free = this.size = 0
  }

  save(first: Row): SavedRows {
    const saved: SavedRows = { times: [], messages: [], matched: [] }
    for (let row = first; row !== 0; row = this.after(row)) {
      saved.times.push(this.times[row])
      saved.messages.push(toPlain(this.messages[row]) as Message)
      saved.matched.push(this.isMatched(row))
    }
    return saved
  }

  load({ times, messages, matched }: SavedRows): Row {
    let first = 0
    for (let i = 0; i < times.length; i++) {
      first = this.insert(first, times[i], toPlain(messages[i]) as Message, matched[i])
    }
    return first
  }
}
