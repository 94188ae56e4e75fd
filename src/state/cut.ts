import type { Key, Timestamp } from '../record'

/** What an operator keeps for one key. */
export interface Keyed<S> {
  readonly key: Key
  /** Place in the order in which keys were first seen. */
  readonly order: number
  /** Event time of its newest record. */
  lastSeen: Timestamp
  state: S
}

/** A key, the time of its newest record, and its state as plain data. */
export type Row = [key: Key, lastSeen: Timestamp, state: unknown]

/**
 * The state of each key as it was at one moment. It is read later, row by row and once, while the state goes on: the row
 * of a key that is about to change before it was read is made first (copy on write). So a large state is saved without
 * stopping the stream, and what is saved still is of one moment.
 */
export class Cut<S = unknown> implements Iterable<Row> {
  /** Rows of keys that have changed since. */
  private readonly kept = new Map<Keyed<S>, Row>()
  /** Place in the order of keys of the one that was read last. */
  private read = -1
  private isOver = false

  /** `entries` in the order of keys; `save` makes plain data of a state that shares nothing with it. */
  constructor(
    private readonly entries: readonly Keyed<S>[],
    private readonly save: (state: S) => unknown,
    private readonly onEnd: () => void
  ) {}

  /** The state of a key is about to change. */
  keep(entry: Keyed<S>): void {
    const newest = this.entries.at(-1)?.order ?? -1
    if (this.isOver || entry.order <= this.read || entry.order > newest || this.kept.has(entry)) return
    this.kept.set(entry, this.row(entry))
  }

  private row({ key, lastSeen, state }: Keyed<S>): Row {
    return [key, lastSeen, this.save(state)]
  }

  *[Symbol.iterator](): Generator<Row> {
    try {
      for (const entry of this.entries) {
        if (this.isOver)
          throw new Error('a snapshot can be read once, and until a newer one is taken or all is forgotten')
        const row = this.kept.get(entry) ?? this.row(entry)
        this.kept.delete(entry)
        this.read = entry.order
        yield row
      }
    } finally {
      this.end()
    }
  }

  /** Nothing more is read. */
  end(): void {
    this.isOver = true
    this.kept.clear()
    this.onEnd()
  }

  /** All rows at once. */
  toJSON(): Row[] {
    return [...this]
  }
}
