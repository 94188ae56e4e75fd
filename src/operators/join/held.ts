import { BoundError } from '../../errors'
import type { Key, Message, Timestamp } from '../../record'
import type { KeyLimits } from '../../state/key-limits'
import { type Keyed, KeyedState } from '../../state/keyed'
import type { Place, Side } from './sides'

type JoinType = 'inner' | 'left' | 'right' | 'full'

/** What all three joins are made with. */
export interface JoinOptions {
  joinType: JoinType
  /** Where a message belongs; `undefined`: to neither side. @throws RecordError */
  place(message: Message): Place | undefined
  limits: KeyLimits & { maxHeld: number }
}

/** Are rows of this side emitted without a match, too? */
export const isOuter = (joinType: JoinType, side: Side): boolean => joinType === 'full' || joinType === side

/** A key that holds nothing keeps its place in the order of keys for so long (ms of event time), then it is forgotten. */
const idle = 60_000

/** How many keys are looked through for room before a record is refused. */
const searched = 256

interface HeldOptions<S> {
  limits: JoinOptions['limits']
  /** ms of event time for which a silent key may hold rows. */
  span: number
  create(): S
  /** Rows held, of all keys. */
  held(): number
  /** Forgets what has left; are rows held then? */
  tidy(state: S): boolean
  /** Gives back the rows of a key that is let go. */
  onGone(state: S): void
}

/** The rows that a join holds for each key, within `maxKeys` and `maxHeld`. Only what holds rows counts. */
export class HeldRows<S> {
  readonly keys: KeyedState<S>
  private cursor: Iterator<Keyed<S>> | undefined

  constructor(private readonly options: HeldOptions<S>) {
    const { limits, span, create, tidy, onGone } = options
    const { maxKeys } = limits
    this.keys = new KeyedState<S>({ limits: { maxKeys, keyTtl: span + idle }, create, isBusy: tidy, onGone })
  }

  /**
   * The state of `key`, with room for one more row.
   * @throws BoundError where there is none
   */
  at(key: Key, time: Timestamp): Keyed<S> {
    const { keys, options } = this
    const { maxHeld, maxKeys } = options.limits
    if (options.held() >= maxHeld) {
      this.makeRoom(() => options.held() < maxHeld)
      if (options.held() >= maxHeld)
        throw new BoundError('nodeMessageBufferMaxLength', `allows ${maxHeld} rows; one more was refused, of key`, key)
    }
    if (keys.size >= maxKeys && keys.get(key) === undefined) this.makeRoom(() => keys.size < maxKeys)
    return keys.at(key, time)
  }

  /** Forgets what has left of some keys, going on where it stopped the last time. */
  private makeRoom(isEnough: () => boolean): void {
    for (let i = Math.min(searched, this.keys.size); i > 0 && !isEnough(); i--) {
      let next = this.cursor?.next()
      if (next === undefined || next.done) {
        this.cursor = this.keys.values()
        next = this.cursor.next()
      }
      const entry = next.value as Keyed<S>
      this.keys.changing(entry)
      if (!this.options.tidy(entry.state)) this.keys.delete(entry.key)
    }
  }

  /** Forgets all that has left, unless a snapshot is being read: that still needs it. */
  tidyAll(): void {
    if (this.keys.isBeingRead) return
    for (const { state } of this.keys.values()) this.options.tidy(state)
  }
}
