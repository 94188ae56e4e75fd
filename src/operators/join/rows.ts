import type { Message, Timestamp } from '../../record'
import { toPlain } from '../../state/plain'

/** Up to this distance rows are moved one by one, beyond it by the array's own splice, which is faster then. */
const shortMove = 64

/** Rows as plain JSON data. */
export interface SavedRows {
  times: Timestamp[]
  messages: Message[]
  matched?: boolean[]
}

const none: Rows[] = []

/**
 * The rows of one key and side in the order of their times, ties in the order they came: those from `head` to before
 * `end`. Parallel arrays with spare places, for an object a row, or arrays that grow and shrink with it, cost more than
 * the whole rest of a join.
 */
export class Rows {
  times: Timestamp[] = [0, 0, 0, 0]
  messages: (Message | undefined)[] = [undefined, undefined, undefined, undefined]
  /** Has the row been part of a result? Noted only where it matters. */
  matched: boolean[] | undefined
  head = 0
  end = 0
  /** Blocks of older rows, where there are too many for one: see blocks.ts. */
  older: Rows[] = none

  constructor(notesMatches = false) {
    this.matched = notesMatches ? [] : undefined
  }

  get size(): number {
    return this.end - this.head
  }

  /** The smallest time; Infinity where there is no row. */
  oldest(): Timestamp {
    return this.head < this.end ? this.times[this.head] : Infinity
  }

  /** Index of the first row with a time of at least `time`. */
  from(time: Timestamp): number {
    const { times } = this
    let low = this.head
    let high = this.end
    while (low < high) {
      const middle = (low + high) >> 1
      if (times[middle] < time) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Index of the first row with a time after `time`. */
  after(time: Timestamp): number {
    const { times } = this
    let low = this.head
    let high = this.end
    while (low < high) {
      const middle = (low + high) >> 1
      if (times[middle] <= time) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The largest time; there must be a row. */
  newest(): Timestamp {
    return this.times[this.end - 1]
  }

  insert(time: Timestamp, message: Message, isMatched = false): void {
    const { times, messages, matched, end } = this
    const place = end === this.head || times[end - 1] <= time ? end : this.after(time)
    putIn(times, place, end, time)
    putIn(messages, place, end, message)
    if (matched) putIn(matched, place, end, isMatched)
    this.end++
  }

  /** Drops the rows before index `to`. The others move down once half of the places are dead: amortised O(1) a row. */
  dropTo(to: number): void {
    const { times, messages, matched, head, end } = this
    const isSparse = 2 * to >= end
    for (let i = head; i < to; i++) messages[i] = undefined
    this.head = to
    if (!isSparse) return
    for (let i = to; i < end; i++) {
      times[i - to] = times[i]
      messages[i - to] = messages[i]
      messages[i] = undefined
      if (matched) matched[i - to] = matched[i]
    }
    this.head = 0
    this.end = end - to
    if (times.length > shortMove && 4 * this.end < times.length) {
      times.length = messages.length = 2 * this.end
      if (matched) matched.length = this.end
    }
  }

  /** Takes the first `count` rows out, into a block of their own. */
  split(count: number): Rows {
    const { head } = this
    const first = new Rows(this.matched !== undefined)
    first.times = this.times.slice(head, head + count)
    first.messages = this.messages.slice(head, head + count)
    first.matched = this.matched?.slice(head, head + count)
    first.end = count
    this.dropTo(head + count)
    return first
  }

  save(): SavedRows {
    const { head, end } = this
    return {
      times: this.times.slice(head, end),
      messages: this.messages.slice(head, end).map(message => toPlain(message) as Message),
      matched: this.matched?.slice(head, end)
    }
  }

  load({ times, messages, matched }: SavedRows): this {
    for (let i = 0; i < times.length; i++) this.insert(times[i], toPlain(messages[i]) as Message, matched?.[i])
    return this
  }
}

/** Puts an item at `place` of an array of which `end` places are used. */
function putIn<T>(array: T[], place: number, end: number, item: T): void {
  if (end - place > shortMove) {
    array.splice(place, 0, item)
    return
  }
  if (end === array.length) array.push(item)
  for (let i = end; i > place; i--) array[i] = array[i - 1]
  array[place] = item
}
