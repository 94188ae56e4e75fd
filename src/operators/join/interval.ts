import { BoundError } from '../../errors'
import type { Operator } from '../../operator'
import { finite, type Key, type Message, type Timestamp } from '../../record'
import { type KeyLimits, KeyedState } from '../../state/keyed'
import { Timers } from '../../windows/timers'
import type { Side } from './sides'
import { TimeOrdered } from './time-ordered'

interface Sides {
  left: TimeOrdered<Message>
  right: TimeOrdered<Message>
}

interface Options {
  /** right.time - left.time lies in [lower, upper], both inclusive; ms. */
  lower: number
  upper: number
  /** Side and key of a message; `undefined`: neither side. */
  read(message: Message): { side: Side; key: Key } | undefined
  limits: KeyLimits & { maxHeld: number }
}

/** The left message with both payloads; `parts` of a sequence would be a lie. */
function joined(left: Message, right: Message, key: Key): Message {
  const { parts: _, ...rest } = left
  return { ...rest, payload: { left: left.payload, right: right.payload }, topic: key }
}

/** Inner interval join. A row is held until the watermark says that no match can come. */
export function intervalJoin({ lower, upper, read, limits }: Options): Operator {
  const keys = new KeyedState<Sides>(
    limits,
    () => ({ left: new TimeOrdered(), right: new TimeOrdered() }),
    ({ left, right }) => left.length + right.length > 0
  )
  const timers = new Timers<[Key, Side]>()
  let watermark: Timestamp = -Infinity
  let rows = 0

  /** How long after its time a row of this side may still find a match. */
  const reach = { left: upper, right: -lower }

  const operator: Operator = {
    process({ value, time }, output) {
      const found = read(value)
      if (found === undefined || found.key === null) return output.divert(value, time, found?.key ?? null)
      const { side, key } = found
      const isLeft = side === 'left'
      // late: the rows that could match are gone
      const last = time + reach[side]
      if (last < watermark) return output.divert(value, time, key)
      if (rows >= limits.maxHeld)
        throw new BoundError('nodeMessageBufferMaxLength', `allows ${limits.maxHeld} rows; one more was refused`, key)
      const { state } = keys.at(key, time)
      const other = isLeft ? state.right : state.left
      const from = isLeft ? time + lower : time - upper
      const to = isLeft ? time + upper : time - lower
      const matches = other.between(from, to)
      const own = state[side]
      // Only the oldest row of a key and side needs a timer. What is held must not depend on the order of arrival,
      // for a record behind the watermark still joins it.
      if (own.length === 0 || time < own.oldest()) timers.add(last, [key, side])
      own.insert(time, value)
      rows++
      for (const match of matches) {
        const message = isLeft ? joined(value, match.item, key) : joined(match.item, value, key)
        output.emit(message, Math.max(time, match.time), key)
      }
    },
    onWatermark(next) {
      watermark = next
      while (timers.next() < next) {
        for (const [key, side] of timers.take()) {
          const entry = keys.get(key)
          if (!entry) continue
          const own = entry.state[side]
          const gone = own.dropBefore(next - reach[side])
          rows -= gone
          if (gone > 0 && own.length > 0) timers.add(own.oldest() + reach[side], [key, side])
        }
      }
      keys.sweep(next)
    },
    flush() {},
    reset(key) {
      if (key !== undefined) {
        const gone = keys.delete(key)
        if (gone) rows -= gone.state.left.length + gone.state.right.length
        return
      }
      keys.clear()
      timers.clear()
      rows = 0
      watermark = -Infinity
    },
    due: () => Infinity,
    holdings: () => ({ keys: keys.size, open: rows }),
    snapshot: () => ({
      watermark: finite(watermark),
      keys: keys.snapshot(({ left, right }) => structuredClone({ left: left.entries(), right: right.entries() }))
    }),
    restore(snapshot) {
      const saved = structuredClone(snapshot) as { watermark: Timestamp | null; keys: unknown }
      operator.reset()
      watermark = saved.watermark ?? -Infinity
      keys.restore(saved.keys, (state, key) => {
        const sides: Sides = { left: new TimeOrdered(), right: new TimeOrdered() }
        for (const side of ['left', 'right'] as const) {
          for (const { time, item } of (state as Record<Side, { time: Timestamp; item: Message }[]>)[side]) {
            if (sides[side].length === 0) timers.add(time + reach[side], [key, side])
            sides[side].insert(time, item)
            rows++
          }
        }
        return sides
      })
    }
  }
  return operator
}
