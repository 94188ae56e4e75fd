import type { Timestamp } from '../../record'
import type { Keyed, KeyedState } from '../../state/keyed'

/** What is known of the silence of a key. */
export interface Silent {
  /** When, by the wall clock, it will have been silent for too long; Infinity: that is told, or is not waited for. */
  silentAt: Timestamp
}

/** Finds the keys that were silent for `timeout` ms (absent: none). All timers of `keys` are of the wall clock. */
export class Silence<S extends Silent> {
  /** What the wall clock showed last. */
  now: Timestamp = -Infinity

  constructor(
    private readonly keys: KeyedState<S>,
    private readonly timeout: number | undefined
  ) {}

  /** A record of the key has come by now. */
  end({ slot, state }: Keyed<S>): void {
    if (this.timeout === undefined || this.now === -Infinity) return
    state.silentAt = this.now + this.timeout
    this.keys.timers.add(slot, state.silentAt)
  }

  /** The wall clock shows `now`. */
  moveTo(now: Timestamp): void {
    if (now < this.now) this.putBack(this.now - now)
    this.now = now
  }

  /** The clock was put back: no key has to wait longer for that. */
  private putBack(by: number): void {
    const { keys } = this
    keys.timers.clear()
    for (const entry of keys.values()) {
      if (entry.state.silentAt === Infinity) continue
      keys.changing(entry)
      entry.state.silentAt -= by
      keys.timers.add(entry.slot, entry.state.silentAt)
    }
  }

  /** The next key that was silent for too long by now; it may be changed. */
  next(): Keyed<S> | undefined {
    const { keys, now } = this
    const { timers } = keys
    let entry = keys.takeDue(now)
    while (entry !== undefined && entry.state.silentAt > timers.now) {
      // put off by what came meanwhile: a record costs no timer
      timers.add(entry.slot, entry.state.silentAt)
      entry = keys.takeDue(now)
    }
    if (entry !== undefined) entry.state.silentAt = Infinity
    return entry
  }

  /** When the wall clock will show that there may be such a key; Infinity: never. */
  wakeAt(): Timestamp {
    return this.keys.timers.next()
  }

  /** The keys were restored from a snapshot that was taken when the wall clock showed `now`. */
  resume(now: Timestamp): void {
    this.now = now
    for (const { slot, state } of this.keys.values()) {
      // the node had a timeout then, and has none now
      if (this.timeout === undefined) state.silentAt = Infinity
      else this.keys.timers.add(slot, state.silentAt)
    }
  }
}
