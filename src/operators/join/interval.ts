import type { Operator, Output } from '../../operator'
import { finite, type Message, type Timestamp } from '../../record'
import type { Keyed } from '../../state/keyed'
import { HeldRows, isOuter, type JoinOptions } from './held'
import { alone, joined } from './result'
import { type Row, RowTable, type SavedRows } from './row-table'
import type { Side } from './sides'

/** The rows of one key. */
interface Pair {
  left: Row
  right: Row
}

/** How long after its time a row of a side is held, and whether it is told that it leaves unmatched. */
interface Reach {
  side: Side
  reach: number
  isOuter: boolean
}

export interface IntervalOptions extends JoinOptions {
  /** right.time - left.time lies in [lower, upper], both inclusive; ms. */
  lower: number
  upper: number
}

/**
 * Interval join. A row leaves when the watermark says that no match can come, and is emitted then where its side is an
 * outer one and it has found none. The memory of other rows that have left is given back when their key is next met.
 */
export function intervalJoin({ lower, upper, joinType, place, limits }: IntervalOptions): Operator {
  /**
   * `reach`: how long after its time a row is held. Where its matches all lie before it, it still has to meet those
   * that come in the same watermark step, in whatever order.
   */
  const left: Reach = { side: 'left', reach: Math.max(upper, 0), isOuter: isOuter(joinType, 'left') }
  const right: Reach = { side: 'right', reach: Math.max(-lower, 0), isOuter: isOuter(joinType, 'right') }
  const rows = new RowTable()
  let watermark: Timestamp = -Infinity

  const held = new HeldRows<Pair>({
    limits,
    span: Math.max(left.reach, right.reach),
    create: () => ({ left: 0, right: 0 }),
    held: () => rows.size,
    tidy(state) {
      evict(state)
      return state.left !== 0 || state.right !== 0
    },
    onGone({ left, right }) {
      rows.dropAll(left)
      rows.dropAll(right)
    }
  })
  const { keys } = held
  /** Keys are looked at when a row of an outer side has left, which is after the last watermark that it waits for. */
  const { timers } = keys

  /** Forgets the rows that have left, where that is not told. */
  function evict(state: Pair): void {
    if (!left.isOuter) state.left = rows.dropBefore(state.left, watermark - left.reach)
    if (!right.isOuter) state.right = rows.dropBefore(state.right, watermark - right.reach)
  }

  /** The last watermark that the first row of an outer side waits for. */
  function firstLeave(state: Pair): Timestamp {
    const ofLeft = left.isOuter ? rows.timeOf(state.left) + left.reach : Infinity
    const ofRight = right.isOuter ? rows.timeOf(state.right) + right.reach : Infinity
    return Math.min(ofLeft, ofRight)
  }

  /** Emits the rows of an outer side that leave at `last` and have found no match. */
  function leave({ key, state }: Keyed<Pair>, { side, reach, isOuter }: Reach, last: Timestamp, output: Output): void {
    const time = rows.timeOf(state[side])
    if (!isOuter || time + reach > last) return
    const unmatched: Message[] = []
    for (let row = state[side]; rows.timeOf(row) === time; row = state[side] = rows.dropFirst(row)) {
      if (!rows.isMatched(row)) unmatched.push(rows.messageOf(row))
    }
    for (const message of unmatched) output.emit(alone(message, side, key), time, key)
  }

  /** Holds a row, and emits it with each that it meets. */
  function meet(isLeft: boolean, { key, state }: Keyed<Pair>, time: Timestamp, message: Message, output: Output): void {
    evict(state)
    const to = isLeft ? time + upper : time - lower
    const first = isLeft ? rows.from(state.right, time + lower) : rows.from(state.left, time - upper)
    const isMatched = rows.timeOf(first) <= to
    if (isLeft) state.left = rows.insert(state.left, time, message, isMatched)
    else state.right = rows.insert(state.right, time, message, isMatched)
    if (!isMatched) return
    const times: Timestamp[] = []
    const results: Message[] = []
    for (let row = first; rows.timeOf(row) <= to; row = rows.after(row)) {
      rows.match(row)
      times.push(Math.max(time, rows.timeOf(row)))
      const other = rows.messageOf(row)
      results.push(isLeft ? joined(message, other, key, 'both') : joined(other, message, key, 'both'))
    }
    for (let i = 0; i < results.length; i++) output.emit(results[i], times[i], key)
  }

  const operator: Operator = {
    process({ value, time }, output) {
      const found = place(value)
      if (found === undefined) return output.divert(value, time, null)
      const { side, key } = found
      const isLeft = side === 'left'
      const { reach, isOuter } = isLeft ? left : right
      if (time + reach < watermark) return output.divert(value, time, key)
      if (key === null) {
        if (isOuter) output.emit(alone(value, side, key), time, key)
        else output.divert(value, time, key)
        return
      }
      const entry = held.at(key, time)
      if (isOuter) timers.add(entry.slot, time + reach + 1)
      meet(isLeft, entry, time, value, output)
    },
    onWatermark(next, output) {
      for (let entry; (entry = keys.takeDue(next)) !== undefined;) {
        watermark = timers.now - 1
        leave(entry, left, watermark, output)
        leave(entry, right, watermark, output)
        timers.add(entry.slot, firstLeave(entry.state) + 1)
      }
      watermark = next
      keys.sweep(next)
    },
    flush: output => operator.onWatermark(Infinity, output),
    reset(key) {
      if (key !== undefined) return keys.delete(key)
      keys.clear()
      rows.clear()
      watermark = -Infinity
    },
    due: () => timers.next(),
    holdings() {
      held.tidyAll()
      return { keys: keys.size, open: rows.size }
    },
    snapshot() {
      held.tidyAll()
      return {
        watermark: finite(watermark),
        keys: keys.snapshot(({ left, right }) => ({ left: rows.save(left), right: rows.save(right) }))
      }
    },
    restore(snapshot) {
      const saved = snapshot as { watermark: Timestamp | null; keys: unknown }
      operator.reset()
      watermark = saved.watermark ?? -Infinity
      keys.restore(saved.keys, watermark, state => {
        const { left, right } = state as Record<Side, SavedRows>
        return { left: rows.load(left), right: rows.load(right) }
      })
      for (const { slot, state } of keys.values()) timers.add(slot, firstLeave(state) + 1)
    }
  }
  return operator
}
