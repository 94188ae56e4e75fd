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

/**
 * The rows of all keys in one table, and in it any number of lists: each in the order of its times, ties in the order
 * they came. So few rows of many keys lie close together, and each costs the logarithm of the length of its list,
 * wherever its time puts it. A list is a skip list (W. Pugh, 1990) whose first row is linked on all levels.
 */
export class RowTable {
  /** Rows in all lists. */
  size = 0
  private readonly times: Timestamp[] = [Infinity]
  private readonly messages: (Message | undefined)[] = [undefined]
  private readonly matched: boolean[] = [false]
  /** By level: the next row that is linked there. */
  private readonly next: Row[][] = [[0]]
  /** The first place that is free; the others are linked to it. */
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
    return this.matched[row]
  }

  match(row: Row): void {
    this.matched[row] = true
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
    const { times, messages, matched, next } = this
    this.size++
    const row = this.free
    if (row === 0) {
      times.push(time)
      matched.push(isMatched)
      for (const links of next) links.push(0)
      return messages.push(message) - 1
    }
    this.free = next[0][row]
    times[row] = time
    messages[row] = message
    matched[row] = isMatched
    next[0][row] = 0
    return row
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

  /** Up to which level a new row is linked, at most `limit`: one row of four goes on to the next one. */
  private height(limit: number): number {
    this.random = (Math.imul(this.random, 1_664_525) + 1_013_904_223) | 0
    const height = Math.min(Math.clz32(this.random) >> 1, limit)
    if (height === this.next.length) this.next.push(this.times.map(() => 0))
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
    for (const column of [this.times, this.messages, this.matched, ...this.next]) column.length = 1
    this.free = this.size = 0
  }

  save(first: Row): SavedRows {
    const saved: SavedRows = { times: [], messages: [], matched: [] }
    for (let row = first; row !== 0; row = this.after(row)) {
      saved.times.push(this.times[row])
      saved.messages.push(toPlain(this.messages[row]) as Message)
      saved.matched.push(this.matched[row])
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
