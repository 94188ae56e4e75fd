import type { Message, Timestamp } from '../../record'
import { Rows, type SavedRows } from './rows'

// Rows of which there may be many. The newest are in the block itself, the others in `older` ones, in the order of their
// times. So a row costs the logarithm of their number wherever its time puts it, and few rows are one block.

/** A block of so many rows is cut in two. */
const blockSize = 128

/** Rows that were found, oldest first. */
export interface Found {
  times: Timestamp[]
  messages: Message[]
}

export function sizeOf(rows: Rows): number {
  let { size } = rows
  for (const block of rows.older) size += block.size
  return size
}

/** The smallest time; Infinity where there is no row. */
export const oldestOf = (rows: Rows): Timestamp => firstOf(rows).oldest()

const firstOf = (rows: Rows): Rows => (rows.older.length > 0 ? rows.older[0] : rows)

/** Index of the first older block with a row of at least `time`. */
function blockFrom({ older }: Rows, time: Timestamp): number {
  let low = 0
  let high = older.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (older[middle].newest() < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Puts a row in, behind those of its time. */
export function add(rows: Rows, time: Timestamp, message: Message, isMatched: boolean): void {
  if (rows.size >= blockSize) {
    const block = rows.split(blockSize / 2)
    if (rows.older.length === 0) rows.older = [block]
    else rows.older.push(block)
  }
  const { older } = rows
  if (older.length === 0 || time >= rows.oldest()) return rows.insert(time, message, isMatched)
  // the last block that begins by then
  let i = Math.min(blockFrom(rows, time), older.length - 1)
  while (i + 1 < older.length && older[i + 1].oldest() <= time) i++
  older[i].insert(time, message, isMatched)
  if (older[i].size >= blockSize) older.splice(i, 0, older[i].split(blockSize / 2))
}

/** Adds the rows of one block with a time in [from, to], and notes that they are matched. */
function findIn(block: Rows, from: Timestamp, to: Timestamp, found: Found | undefined): Found | undefined {
  const start = block.from(from)
  const end = block.after(to)
  if (start === end) return found
  if (block.matched) for (let i = start; i < end; i++) block.matched[i] = true
  const times = block.times.slice(start, end)
  const messages = block.messages.slice(start, end) as Message[]
  if (found === undefined) return { times, messages }
  for (const time of times) found.times.push(time)
  for (const message of messages) found.messages.push(message)
  return found
}

/** The rows with a time in [from, to], which are noted as matched; `undefined` for none. */
export function find(rows: Rows, from: Timestamp, to: Timestamp): Found | undefined {
  const { older } = rows
  let found: Found | undefined
  for (let i = blockFrom(rows, from); i < older.length && older[i].oldest() <= to; i++) {
    found = findIn(older[i], from, to, found)
  }
  return findIn(rows, from, to, found)
}

/** Drops the rows with a time before `time`; returns how many. */
export function dropBefore(rows: Rows, time: Timestamp): number {
  let dropped = 0
  const whole = blockFrom(rows, time)
  if (whole > 0) for (const block of rows.older.splice(0, whole)) dropped += block.size
  const first = firstOf(rows)
  const to = first.from(time)
  if (to === first.head) return dropped
  dropped += to - first.head
  first.dropTo(to)
  return dropped
}

/** Takes the rows of the smallest time out: how many they are, and those without a match. */
export function takeOldest(rows: Rows): { count: number; unmatched: Message[] } {
  const time = oldestOf(rows)
  const unmatched: Message[] = []
  let count = 0
  for (;;) {
    const block = firstOf(rows)
    const to = block.after(time)
    if (to === block.head) return { count, unmatched }
    for (let i = block.head; i < to; i++) if (!block.matched?.[i]) unmatched.push(block.messages[i] as Message)
    count += to - block.head
    if (to === block.end && block !== rows) rows.older.shift()
    else block.dropTo(to)
  }
}

export function save(rows: Rows): SavedRows[] {
  return [...rows.older, rows].map(block => block.save())
}

export function load(rows: Rows, saved: readonly SavedRows[]): Rows {
  const notesMatches = rows.matched !== undefined
  rows.older = saved.slice(0, -1).map(block => new Rows(notesMatches).load(block))
  return rows.load(saved[saved.length - 1])
}
