import type { Key, Timestamp } from '../record'

/** What an operator keeps for one key. */
export interface Entry<S> {
  readonly key: Key
  /** Place in the order in which keys were first seen. */
  readonly order: number
  /** Event time of its newest record. */
  readonly lastSeen: Timestamp
  state: S
}

/** A key, the time of its newest record, its state as plain data, and its place in the order of keys. */
export type Row = [key: Key, lastSeen: Timestamp, state: unknown, order: number]

/** The rest of the rows is not there any more: a newer snapshot was taken, or all was forgotten. */
export class CutShort extends Error {}

/**
 * The state of all keys as it was at one moment, a `Row` of JSON for each. It is read later, once and row by row, while
 * the stream goes on: if a key is about to change before its row was read, the row is made first (copy on write) and read
 * next. So a large state is saved without stopping the stream and without a second copy in memory, and yet is of one
 * moment.
 */
export class Cut<S = unknown> implements Iterable<string> {
  /** Keys that have changed since. */
  private readonly changed = new Set<Entry<S>>()
  /** Rows of such keys that were not read yet. */
  private readonly waiting: string[] = []
  /** Place in the order of keys of the last one that was reached. */
  private reached = -1
  private isOver = false

  /** `entries` in the order of keys; `save` makes plain data of a state that shares nothing with it. */
  constructor(
    private readonly entries: readonly Entry<S>[],
    private readonly save: (state: S) => unknown,
    private readonly onEnd: () => void
  ) {}

  /** The state of a key is about to change. */
  keep(entry: Entry<S>): void {
    const newest = this.entries.at(-1)?.order ?? -1
    if (this.isOver || entry.order <= this.reached || entry.order > newest || this.changed.has(entry)) return
    this.changed.add(entry)
    this.waiting.push(this.row(entry))
  }

  private row({ key, lastSeen, state, order }: Entry<S>): string {
    return JSON.stringify([key, lastSeen, this.save(state), order] satisfies Row)
  }

  *[Symbol.iterator](): Generator<string> {
    try {
      for (const entry of this.entries) {
        yield* this.waited()
        this.reached = entry.order
        if (!this.changed.delete(entry)) yield this.row(entry)
      }
      yield* this.waited()
    } finally {
      this.end()
    }
  }

  /** The rows that wait, also those that come to wait meanwhile. @throws CutShort where others are there no more */
  private *waited(): Generator<string> {
    for (let row = this.waiting.pop(); row !== undefined; row = this.waiting.pop()) yield row
    if (this.isOver)
      throw new CutShort('a snapshot can be read once, and until a newer one is taken or all is forgotten')
  }

  /** Nothing more is read. */
  end(): void {
    this.isOver = true
    this.changed.clear()
    this.waiting.length = 0
    this.onEnd()
  }

  /** All rows at once. */
  toJSON(): Row[] {
    return Array.from(this, row => JSON.parse(row) as Row)
  }
}
