import { type Auto3, autoToFormat4 } from './auto-format4'
import { packed } from './packed'

// Formats of a state, as they were saved. Each step takes a state of one format to the next, and none is ever changed.

type Row = [unknown, unknown, Record<string, unknown>, ...unknown[]]

/** The columns of a queue of records, as format 1 has them. */
interface Columns1 {
  times: number[]
  arrivals: number[]
  numbers: (number | null)[]
}

/** Rows of a join, as format 1 has them: `matched` only where it mattered, and perhaps in blocks. */
interface Rows1 {
  times: number[]
  messages: unknown[]
  matched?: boolean[]
}

function joinBlocks(rows: Rows1 | Rows1[]): Rows1 {
  const blocks = Array.isArray(rows) ? rows : [rows]
  return {
    times: blocks.flatMap(({ times }) => times),
    messages: blocks.flatMap(({ messages }) => messages),
    matched: blocks.flatMap(({ times, matched }) => matched ?? times.map(() => false))
  }
}

function packColumns(window: Columns1): void {
  Object.assign(window, {
    times: packed(Float64Array.from(window.times)),
    arrivals: packed(Float64Array.from(window.arrivals)),
    numbers: packed(Float64Array.from(window.numbers, number => number ?? NaN))
  })
}

/** What an operator keeps for its keys: it has nothing else, or has it by the name of `keys`. */
function rowsOf(state: unknown): Row[] {
  const { operator } = state as { operator: { keys?: unknown } | Row[] | null }
  if (Array.isArray(operator)) return operator
  return Array.isArray(operator?.keys) ? (operator.keys as Row[]) : []
}

/** Format 2 has the columns of count windows, sliding windows and statistics packed, and the rows of joins in one list. */
function toFormat2(state: unknown): unknown {
  for (const [, , ofKey] of rowsOf(state)) {
    const { window } = (ofKey.scope ?? ofKey) as { window?: Columns1 }
    if (window !== undefined) packColumns(window)
    for (const side of ['left', 'right']) {
      if (ofKey[side] !== undefined) ofKey[side] = joinBlocks(ofKey[side] as Rows1 | Rows1[])
    }
  }
  return state
}

/** Format 3 has rows in any order, each with its place in the order of keys. */
function toFormat3(state: unknown): unknown {
  rowsOf(state).forEach((row, order) => row.push(order))
  return state
}

/** A session window, as format 3 has it. */
interface Session3 {
  isRegistered?: boolean
  /** By a number that is always 0, the time of the last early result. */
  early: [0, number][] | number | undefined
}

/**
 * Format 4 has the last early result of a session as a time, and does not say whether it waits for its end; the tails,
 * levels and habits of the anomaly detector `auto` are in a shorter form.
 */
function toFormat4(state: unknown): unknown {
  for (const [, , ofKey] of rowsOf(state)) {
    const sessions = Array.isArray(ofKey.open) ? (ofKey.open as Session3[]) : []
    for (const session of sessions) {
      delete session.isRegistered
      session.early = (session.early as [0, number][])[0]?.[1]
    }
    const detector = ofKey.detector as Partial<Auto3> | undefined
    if (detector?.evidence !== undefined) autoToFormat4(detector as Auto3)
  }
  return state
}

/** What the anomaly detector `auto` keeps of a key, as format 4 has it, where format 5 differs. */
interface Auto4 {
  evidence: { history: { count: number }; shapes: { book: string } }
}

/**
 * Format 5 has the watermark in the state of each operator, the number of arrivals too, and the keys by that name; the
 * shapes of the anomaly detector `auto` are in a book that counts them, and that of whole cycles is empty yet.
 */
function toFormat5(state: unknown): unknown {
  for (const [, , ofKey] of rowsOf(state)) {
    const { evidence } = (ofKey.detector ?? {}) as Partial<Auto4>
    if (evidence === undefined) continue
    const { book, ...rest } = evidence.shapes
    Object.assign(evidence, { shapes: { ...rest, shapes: book, learnt: evidence.history.count }, beats: null })
  }
  const old = state as { watermark: number | null; operator: object | null }
  const { watermark, operator } = old
  if (operator === null) return state
  const own = Array.isArray(operator) ? { keys: operator } : operator
  return { ...old, operator: { watermark, arrivals: 0, ...own } }
}

/** `migrations[n]` takes a state of format n to format n + 1. */
export const migrations: Readonly<Record<number, (state: unknown) => unknown>> = {
  1: toFormat2,
  2: toFormat3,
  3: toFormat4,
  4: toFormat5
}

/** Formats grow by one with each change of what a snapshot holds. */
export const currentFormat = 1 + Object.keys(migrations).length
