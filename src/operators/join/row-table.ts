import type { Message, Timestamp } from '../../record'
import { toPlain } from '../../state/plain'
import { type Row, TimeLists, widened } from '../../state/time-lists'

export type { Row }

/** Rows as plain JSON data. */
export interface SavedRows {
  times: Timestamp[]
  messages: Message[]
  matched: boolean[]
}

/** The rows of a join: lists of messages in the order of their times. */
export class RowTable extends TimeLists {
  /** By row. */
  private messages: (Message | undefined)[] = [undefined]
  private matched = new Uint8Array(this.times.length)

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

  /** Puts a row in, behind those of its time; returns the first row. */
  insert(first: Row, time: Timestamp, message: Message, isMatched = false): Row {
    const row = this.take(time)
    this.messages[row] = message
    this.matched[row] = isMatched ? 1 : 0
    return this.link(first, row)
  }

  protected override grow(places: number): void {
    super.grow(places)
    this.matched = widened(this.matched, new Uint8Array(places))
  }

  override dropFirst(first: Row): Row {
    this.messages[first] = undefined
    return super.dropFirst(first)
  }

  override clear(): void {
    super.clear()
    this.messages = [undefined]
    this.matched = new Uint8Array(this.times.length)
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
