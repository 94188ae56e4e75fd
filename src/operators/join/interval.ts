import type { Operator, Output } from '../../operator'
import { finite, type Message, type Timestamp } from '../../record'
import type { Keyed } from '../../state/keyed'
import { HeldRows, isOuter, type JoinOptions } from './held'
import { add, dropBefore, find, load, oldestOf, save, sizeOf, takeOldest } from './blocks'
import { alone, joined } from './result'
import { Rows, type SavedRows } from './rows'
import { Schedule } from './schedule'
import type { Side } from './sides'

/** The rows of one key, and when the first row of an outer side is to leave. */
interface Pair {
  left: Rows
  right: Rows
  due: Timestamp
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
  const schedule = new Schedule<Keyed<Pair>>()
  let watermark: Timestamp = -Infinity

  const held = new HeldRows<Pair>({
    limits,
    span: Math.max(left.reach, right.reach),
    create: () => ({ left: new Rows(left.isOuter), right: new Rows(right.isOuter), due: Infinity }),
    tidy(state) {
      evict(state.left, left)
      evict(state.right, right)
      return sizeOf(state.left) + sizeOf(state.right)
    }
  })
  const { keys } = held

  /** Forgets the rows that have left, where that is not told. */
  function evict(rows: Rows, { reach, isOuter }: Reach): void {
    if (!isOuter && oldestOf(rows) + reach < watermark) held.count -= dropBefore(rows, watermark - reach)
  }

  /** When the first row of an outer side leaves. */
  function firstLeave(state: Pair): Timestamp {
    const ofLeft = left.isOuter ? oldestOf(state.left) + left.reach : Infinity
    const ofRight = right.isOuter ? oldestOf(state.right) + right.reach : Infinity
    return Math.min(ofLeft, ofRight)
  }

  /** Emits the rows of an outer side that leave at `last` and have found no match. */
  function leave({ key, state }: Keyed<Pair>, of: Reach, last: Timestamp, output: Output): void {
    const rows = state[of.side]
    const time = oldestOf(rows)
    if (!of.isOuter || time + of.reach > last) return
    const { count, unmatched } = takeOldest(rows)
    held.count -= count
    for (const message of unmatched) output.emit(alone(message, of.side, key), time, key)
  }

  /** Holds a row, and emits it with each that it meets. */
  function meet(isLeft: boolean, { key, state }: Keyed<Pair>, time: Timestamp, message: Message, output: Output): void {
    const own = isLeft ? state.left : state.right
    const other = isLeft ? state.right : state.left
    evict(own, isLeft ? left : right)
    evict(other, isLeft ? right : left)
    const found = isLeft ? find(other, time + lower, time + upper) : find(other, time - upper, time - lower)
    add(own, time, message, found !== undefined)
    held.count++
    if (found === undefined) return
    const { times, messages } = found
    for (let i = 0; i < times.length; i++) {
      const result = isLeft ? joined(message, messages[i], key, 'both') : joined(messages[i], message, key, 'both')
      output.emit(result, Math.max(time, times[i]), key)
    }
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
      if (isOuter) schedule.add(entry, time + reach)
      meet(isLeft, entry, time, value, output)
    },
    onWatermark(next, output) {
      while (schedule.next() < next) {
        const time = schedule.next()
        const entry = schedule.take()
        if (entry === undefined) continue
        watermark = time
        leave(entry, left, time, output)
        leave(entry, right, time, output)
        schedule.add(entry, firstLeave(entry.state))
      }
      watermark = next
      keys.sweep(next)
    },
    flush: output => operator.onWatermark(Infinity, output),
    reset(key) {
      if (key !== undefined) {
        const gone = keys.delete(key)
        if (gone === undefined) return
        held.count -= sizeOf(gone.state.left) + sizeOf(gone.state.right)
        gone.state.due = Infinity
        return
      }
      held.clear()
      schedule.clear()
      watermark = -Infinity
    },
    due: () => (joinType === 'inner' ? Infinity : schedule.next() + 1),
    holdings() {
      held.tidyAll()
      return { keys: keys.size, open: held.count }
    },
    snapshot() {
      held.tidyAll()
      return {
        watermark: finite(watermark),
        keys: keys.snapshot(state => ({ left: save(state.left), right: save(state.right) }))
      }
    },
    restore(snapshot) {
      const saved = snapshot as { watermark: Timestamp | null; keys: unknown }
      operator.reset()
      watermark = saved.watermark ?? -Infinity
      keys.restore(saved.keys, state => {
        const rows = state as Record<Side, SavedRows[]>
        return {
          left: load(new Rows(left.isOuter), rows.left),
          right: load(new Rows(right.isOuter), rows.right),
          due: Infinity
        }
      })
      for (const entry of keys.values()) {
        held.count += sizeOf(entry.state.left) + sizeOf(entry.state.right)
        schedule.add(entry, firstLeave(entry.state))
      }
    }
  }
  return operator
}
