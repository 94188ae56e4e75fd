import { BoundError } from '../errors'
import { finite, type Key, type Timestamp } from '../record'
import { Cut, type Entry, type Row } from './cut'
import type { KeyLimits } from './key-limits'
import { Timers } from './timers'

/** What an operator keeps for one key. */
export interface Keyed<S> extends Entry<S> {
  readonly slot: number
}

interface KeyedParts<S> {
  limits: KeyLimits
  /** The state of a key that is new. */
  create(slot: number): S
  /** Does the key hold what must not be forgotten yet? Absent: no key ever does. */
  isBusy?(state: S): boolean
  /** Told of each state that is forgotten, unless all are. */
  onGone?(state: S): void
}

/** All that is kept by key, and how far the stream had come, as plain data. */
interface Saved {
  watermark: Timestamp | null
  arrivals: number
  keys: unknown
}

/**
 * What an operator keeps for each key, how far its stream has come, and when a key is to be looked at. A silent key is
 * forgotten after `keyTtl`; one key more than `maxKeys` is refused. Each key has a small number, its slot: what is read
 * with each record lies in columns by slot, so that a record of one key among many touches as few places in memory as
 * possible. The slot of a forgotten key is reused.
 */
export class KeyedState<S> {
  private readonly slots = new Map<Key, number>()
  private readonly free: number[] = []
  private readonly entries: (Keyed<S> | undefined)[] = []
  private readonly order: number[] = []
  private readonly lastSeen: Timestamp[] = []
  private readonly due: Timestamp[] = []
  /** When keys are to be looked at. */
  readonly timers = new Timers(this.order, this.due)
  /** How far event time has come: the last watermark or, while the keys are looked at, the time of this one. */
  watermark: Timestamp = -Infinity
  /** How many records were numbered so far, by an operator that numbers them. */
  arrivals = 0
  private seen = 0
  private nextSweep: Timestamp = -Infinity
  /** A snapshot that is being read. */
  private cut: Cut<S> | undefined

  private readonly limits: KeyLimits

  constructor(private readonly parts: KeyedParts<S>) {
    this.limits = parts.limits
  }

  get size(): number {
    return this.slots.size
  }

  /**
   * The state of `key` for a record of `time`, fresh where the key is new or was silent for too long.
   * @throws BoundError where it would be one key too many
   */
  at(key: Key, time: Timestamp): Keyed<S> {
    return this.in(this.slotAt(key, time))
  }

  /** The slot of what `at` gives. */
  slotAt(key: Key, time: Timestamp): number {
    const found = this.slots.get(key)
    if (found !== undefined && !this.isExpired(found, time)) {
      if (this.cut !== undefined) this.cut.keep(this.in(found))
      if (time > this.lastSeen[found]) this.lastSeen[found] = time
      return found
    }
    if (found !== undefined) this.forget(found)
    const { maxKeys } = this.limits
    if (this.slots.size >= maxKeys) {
      throw new BoundError('maxKeys', `allows ${maxKeys} keys; one more was refused`, key)
    }
    return this.take(key, this.seen++, time, this.parts.create)
  }

  private take(key: Key, order: number, lastSeen: Timestamp, create: KeyedParts<S>['create']): number {
    const slot = this.free.pop() ?? this.order.length
    this.order[slot] = order
    this.lastSeen[slot] = lastSeen
    this.due[slot] = Infinity
    this.entries[slot] = new InSlot(this.lastSeen, key, order, slot, create(slot))
    this.slots.set(key, slot)
    return slot
  }

  /** The state of `key`, if it is known. */
  get(key: Key): Keyed<S> | undefined {
    const slot = this.slots.get(key)
    return slot === undefined ? undefined : this.entries[slot]
  }

  /** What is kept in a slot that is taken. */
  in(slot: number): Keyed<S> {
    return this.entries[slot] as Keyed<S>
  }

  /** To be called before a state is changed that neither `at` nor `takeDue` gave: a snapshot still needs it as it was. */
  changing(entry: Keyed<S>): void {
    this.cut?.keep(entry)
  }

  /** Is there a snapshot that was not read to its end? */
  get isBeingRead(): boolean {
    return this.cut !== undefined
  }

  /** The next key whose time has come by `until`, see `Timers.take`; it may be changed. */
  takeDue(until: Timestamp): Keyed<S> | undefined {
    const slot = this.timers.take(until)
    if (slot === undefined) return undefined
    const entry = this.in(slot)
    this.changing(entry)
    return entry
  }

  private isExpired(slot: number, time: Timestamp): boolean {
    const { keyTtl } = this.limits
    if (keyTtl === undefined || this.lastSeen[slot] + keyTtl > time) return false
    const entry = this.in(slot)
    // `isBusy` may change the state: it forgets what has left
    this.changing(entry)
    return !this.parts.isBusy?.(entry.state)
  }

  /** Event time has come to `watermark`: keys that were silent for too long are forgotten. */
  advance(watermark: Timestamp): void {
    this.watermark = watermark
    const { keyTtl } = this.limits
    if (keyTtl === undefined || watermark < this.nextSweep) return
    this.scheduleSweep()
    for (const slot of this.slots.values()) if (this.isExpired(slot, watermark)) this.forget(slot)
  }

  /** All keys are looked through once in a quarter of `keyTtl`; when next follows from the watermark, also after a restart. */
  private scheduleSweep(): void {
    const quarter = (this.limits.keyTtl ?? Infinity) / 4
    this.nextSweep = (Math.floor(this.watermark / quarter) + 1) * quarter
  }

  private forget(slot: number): void {
    const { key, state } = this.in(slot)
    this.slots.delete(key)
    this.due[slot] = Infinity
    this.entries[slot] = undefined
    this.free.push(slot)
    this.parts.onGone?.(state)
  }

  /** Lets a key go. */
  delete(key: Key): void {
    const found = this.get(key)
    if (found === undefined) return
    this.changing(found)
    this.forget(found.slot)
  }

  /** Forgets all keys; a snapshot that is being read is given up. */
  clear(): void {
    this.cut?.end()
    this.timers.clear()
    this.slots.clear()
    for (const column of [this.free, this.entries, this.order, this.lastSeen, this.due]) column.length = 0
    this.watermark = this.nextSweep = -Infinity
  }

  *values(): IterableIterator<Keyed<S>> {
    for (const slot of this.slots.values()) yield this.in(slot)
  }

  /**
   * Everything as it is now; the keys are to be read until the next snapshot is taken, or all is forgotten. `save` turns
   * the state of a key into plain data that shares nothing with it.
   */
  snapshot(save: (state: S) => unknown): Saved {
    this.cut?.end()
    const cut: Cut<S> = new Cut([...this.values()], save, () => {
      if (this.cut === cut) this.cut = undefined
    })
    this.cut = cut
    return { watermark: finite(this.watermark), arrivals: this.arrivals, keys: cut }
  }

  /** Replaces everything by a snapshot; `load` is the way back of `save`. */
  restore(snapshot: unknown, load: (state: unknown, slot: number) => S): void {
    const { watermark, arrivals, keys } = snapshot as Saved
    this.clear()
    this.watermark = watermark ?? -Infinity
    this.arrivals = arrivals
    if (this.limits.keyTtl !== undefined) this.scheduleSweep()
    const rows = (keys as Row[]).toSorted(([, , , a], [, , , b]) => a - b)
    for (const [key, lastSeen, state, order] of rows) {
      this.take(key, order, lastSeen, slot => load(state, slot))
      this.seen = order + 1
    }
  }
}

class InSlot<S> implements Keyed<S> {
  constructor(
    private readonly times: readonly Timestamp[],
    readonly key: Key,
    readonly order: number,
    readonly slot: number,
    public state: S
  ) {}

  get lastSeen(): Timestamp {
    return this.times[this.slot]
  }
}
