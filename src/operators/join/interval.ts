import type { Operator, Output } from '../../operator'
import type { Message, Timestamp } from '../../record'
import type { Keyed } from '../../state/keyed'
import { keyedOperator } from '../../state/keyed-operator'
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

interface IntervalOptions extends JoinOptions {
  /** right.time - left.time lies in [lower, upper], both inclusive; ms. */
  lower: number
  upper: number
}

/**
 * Interval join. A row leaves when the watermark says that no match can come, and is emitted then where its side is an
 * outer one and it has found none: that much behind the watermark. The memory of other rows that have left is given back
 * when their key is next met.
 */
export function intervalJoin({ lower, upper, joinType, place, limits }: IntervalOptions): Operator {
  /**
   * `reach`: how long after its time a row is held. Where its matches all lie before it, it still has to meet those
   * that come in the same watermark step, in whatever order.
   */
  const left: Reach = { side: 'left', reach: Math.max(upper, 0), isOuter: isOuter(joinType, 'left') }
  const right: Reach = { side: 'right', reach: Math.max(-lower, 0), isOuter: isOuter(joinType, 'right') }
  const rows = new RowTable()

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

  /** Forgets the rows that have left, where that is not told. */
  function evict(state: Pair): void {
    if (!left.isOuter) state.left = rows.dropBefore(state.left, keys.watermark - left.reach)
    if (!right.isOuter) state.right = rows.dropBefore(state.right, keys.watermark - right.reach)
  }

  /** Has the key looked at when the first row of an outer side leaves: a row still waits for the watermark time + reach. */
  function schedule({ slot, state }: Keyed<Pair>): void {
    const ofLeft = left.isOuter ? rows.timeOf(state.left) + left.reach : Infinity
    const ofRight = right.isOuter ? rows.timeOf(state.right) + right.reach : Infinity
    keys.timers.add(slot, Math.min(ofLeft, ofRight) + 1)
  }

  /** Emits the rows of an outer side that leave now and have found no match. */
  function leave({ key, state }: Keyed<Pair>, { side, reach, isOuter }: Reach, output: Output): void {
    const time = rows.timeOf(state[side])
    if (!isOuter || time + reach >= keys.watermark) return
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

  const operator = keyedOperator({
    keys,
    process({ value, time }, output) {
      const found = place(value)
      if (found === undefined) return output.divert(value, time, null)
      const { side, key } = found
      const isLeft = side === 'left'
      const { reach, isOuter } = isLeft ? left : right
      if (time + reach < keys.watermark) return output.divert(value, time, key)
      if (key === null) {
        if (isOuter) output.emit(alone(value, side, key), time, key)
        else output.divert(value, time, key)
        return
      }
      const entry = held.at(key, time)
      if (isOuter) keys.timers.add(entry.slot, time + reach + 1)
      meet(isLeft, entry, time, value, output)
    },
    onDue(entry, output) {
      leave(entry, left, output)
      leave(entry, right, output)
      schedule(entry)
    },
    onClear: () => rows.clear(),
    holdings() {
      held.tidyAll()
      return { keys: keys.size, open: rows.size }
    },
    save: ({ left, right }) => ({ left: rows.save(left), right: rows.save(right) }),
    load(saved) {
      const { left, right } = saved as Record<Side, SavedRows>
      return { left: rows.load(left), right: rows.load(right) }
    },
    schedule
  })
  return {
    ...operator,
    lag: Math.max(left.isOuter ? left.reach + 1 : 0, right.isOuter ? right.reach + 1 : 0),
    snapshot() {
      held.tidyAll()
      return operator.snapshot()
    }
  }
}
