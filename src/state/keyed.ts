import { BoundError } from '../errors'
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

/** Bounds of section 8 of the contract. */
export interface KeyLimits {
  maxKeys: number
  /** ms of event time after which a silent key is forgotten; absent: never. */
  keyTtl?: number
}

/** The state of each key. A silent key is forgotten after `keyTtl`; one key more than `maxKeys` is refused. */
export class KeyedState<S> {
  private readonly byKey = new Map<Key, Keyed<S>>()
  private seen = 0
  private nextSweep: Timestamp = -Infinity

  /** `isBusy`: the key holds what must not be forgotten yet. */
  constructor(
    private readonly limits: KeyLimits,
    private readonly create: (key: Key) => S,
    private readonly isBusy: (state: S) => boolean = () => false
  ) {}

  get size(): number {
    return this.byKey.size
  }

  /**
   * The state of `key` for a record of `time`, fresh where the key is new or was silent for too long.
   * @throws BoundError where it would be one key too many
   */
  at(key: Key, time: Timestamp): Keyed<S> {
    const found = this.byKey.get(key)
    if (found !== undefined && !this.isExpired(found, time)) {
      if (time > found.lastSeen) found.lastSeen = time
      return found
    }
    if (found !== undefined) this.byKey.delete(key)
    if (this.byKey.size >= this.limits.maxKeys) {
      throw new BoundError('maxKeys', `allows ${this.limits.maxKeys} keys; one more was refused`, key)
    }
    const entry = { key, order: this.seen++, lastSeen: time, state: this.create(key) }
    this.byKey.set(key, entry)
    return entry
  }

  /** The state of `key`, if it is known. */
  get(key: Key): Keyed<S> | undefined {
    return this.byKey.get(key)
  }

  private isExpired(entry: Keyed<S>, time: Timestamp): boolean {
    const { keyTtl } = this.limits
    return keyTtl !== undefined && entry.lastSeen + keyTtl <= time && !this.isBusy(entry.state)
  }

  /** Forgets the keys that were silent for too long, looking at most four times in a `keyTtl`. */
  sweep(watermark: Timestamp): void {
    const { keyTtl } = this.limits
    if (keyTtl === undefined || watermark < this.nextSweep) return
    this.nextSweep = watermark + keyTtl / 4
    for (const entry of this.byKey.values()) if (this.isExpired(entry, watermark)) this.byKey.delete(entry.key)
  }

  delete(key: Key): Keyed<S> | undefined {
    const found = this.byKey.get(key)
    this.byKey.delete(key)
    return found
  }

  clear(): void {
    this.byKey.clear()
    this.seen = 0
    this.nextSweep = -Infinity
  }

  values(): IterableIterator<Keyed<S>> {
    return this.byKey.values()
  }

  /** Plain data; `save` turns the state of a key into such. */
  snapshot(save: (state: S) => unknown): unknown {
    return [...this.byKey.values()].map(({ key, lastSeen, state }) => [key, lastSeen, save(state)])
  }

  /** Replaces everything by a snapshot; `load` is the way back. */
  restore(snapshot: unknown, load: (state: unknown, key: Key) => S): void {
    this.clear()
    for (const [key, lastSeen, state] of snapshot as [Key, Timestamp, unknown][]) {
      this.byKey.set(key, { key, order: this.seen++, lastSeen, state: load(state, key) })
    }
  }
}
