import { BoundError } from '../errors'
import type { Key, Timestamp } from '../record'
import { Cut, type Keyed, type Row } from './cut'

export type { Keyed }

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
  /** A snapshot that is being read. */
  private cut: Cut<S> | undefined

  /** `isBusy`: the key holds what must not be forgotten yet. `onGone` is told of what is let go. */
  constructor(
    private readonly limits: KeyLimits,
    private readonly create: (key: Key) => S,
    private readonly isBusy: (state: S) => boolean = () => false,
    private readonly onGone: (state: S) => void = () => undefined
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
      this.cut?.keep(found)
      if (time > found.lastSeen) found.lastSeen = time
      return found
    }
    if (found !== undefined) this.forget(found)
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

  /** To be told before a state is changed otherwise than by what `at` gave: a snapshot has it as it was. */
  changing(entry: Keyed<S>): void {
    // a timer may still ask for a key that is gone, also of before the snapshot
    if (this.cut !== undefined && this.byKey.get(entry.key) === entry) this.cut.keep(entry)
  }

  /** Is there a snapshot that was not read to its end? */
  get isBeingRead(): boolean {
    return this.cut !== undefined
  }

  private isExpired(entry: Keyed<S>, time: Timestamp): boolean {
    const { keyTtl } = this.limits
    if (keyTtl === undefined || entry.lastSeen + keyTtl > time) return false
    // being asked, a state may forget what has left
    this.changing(entry)
    return !this.isBusy(entry.state)
  }

  /** Forgets the keys that were silent for too long, looking at most four times in a `keyTtl`. */
  sweep(watermark: Timestamp): void {
    const { keyTtl } = this.limits
    if (keyTtl === undefined || watermark < this.nextSweep) return
    this.nextSweep = watermark + keyTtl / 4
    for (const entry of this.byKey.values()) if (this.isExpired(entry, watermark)) this.forget(entry)
  }

  private forget({ key, state }: Keyed<S>): void {
    this.byKey.delete(key)
    this.onGone(state)
  }

  /** Lets a key go; returns what was kept for it. */
  delete(key: Key): Keyed<S> | undefined {
    const found = this.byKey.get(key)
    if (found === undefined) return undefined
    this.changing(found)
    this.forget(found)
    return found
  }

  /** Forgets all keys; a snapshot that is being read is given up. */
  clear(): void {
    this.cut?.end()
    this.byKey.clear()
    this.nextSweep = -Infinity
  }

  values(): IterableIterator<Keyed<S>> {
    return this.byKey.values()
  }

  /**
   * Everything as it is now, to be read until the next snapshot is taken, or all is forgotten. `save` turns the state of
   * a key into plain data that shares nothing with it.
   */
  snapshot(save: (state: S) => unknown): Cut<S> {
    this.cut?.end()
    const cut: Cut<S> = new Cut([...this.byKey.values()], save, () => {
      if (this.cut === cut) this.cut = undefined
    })
    return (this.cut = cut)
  }

  /** Replaces everything by a snapshot; `load` is the way back. */
  restore(snapshot: unknown, load: (state: unknown, key: Key) => S): void {
    this.clear()
    const rows = (snapshot as Row[]).toSorted(([, , , a], [, , , b]) => a - b)
    for (const [key, lastSeen, state, order] of rows) {
      this.byKey.set(key, { key, order, lastSeen, state: load(state, key) })
      this.seen = order + 1
    }
  }
}
