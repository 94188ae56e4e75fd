import type { Operator, Output } from '../../operator'
import type { Key, Message, Timestamp } from '../../record'
import type { Keyed } from '../../state/keyed'
import { keyedOperator } from '../../state/keyed-operator'
import { toPlain } from '../../state/plain'
import type { WindowClock } from '../../time/window-clock'
import { startOf } from '../../windows/assigners'
import { HeldRows, isOuter, type JoinOptions } from './held'
import { alone, joined } from './result'

/** The rows of one key in one window, each side in the order they came. */
interface Pane {
  start: Timestamp
  end: Timestamp
  /** The watermark at which it fires. */
  last: Timestamp
  left: Message[]
  right: Message[]
}

/** The open windows of one key, the first to fire first. */
interface Panes {
  open: Pane[]
}

interface WindowOptions extends JoinOptions {
  /** Length of a window, ms. */
  size: number
  clock: WindowClock
}

const rowsIn = ({ open }: Panes): number => open.reduce((sum, { left, right }) => sum + left.length + right.length, 0)

/** Window join: the rows of one key and one window are joined, each with each, when the window fires. */
export function windowJoin({ size, clock, joinType, place, limits }: WindowOptions): Operator {
  const outer = { left: isOuter(joinType, 'left'), right: isOuter(joinType, 'right') }
  const held = new HeldRows<Panes>({
    limits,
    span: size,
    create: () => ({ open: [] }),
    held: () => count,
    tidy: ({ open }) => open.length > 0,
    onGone: panes => {
      count -= rowsIn(panes)
    }
  })
  const { keys } = held
  /** Rows held, of all keys. */
  let count = 0

  /** End of the window that holds `time`, as the clock shows it. */
  const endOf = (time: Timestamp): Timestamp => startOf(clock.show(time), size, 0) + size

  /** The window of a key that ends when the clock shows `end`, made where missing. Mostly it is the newest. */
  function paneAt({ open }: Panes, end: Timestamp): Pane {
    const last = clock.completeAt(end)
    let i = open.length
    while (i > 0 && open[i - 1].last > last) i--
    if (i > 0 && open[i - 1].last === last) return open[i - 1]
    const pane: Pane = { start: clock.timeOf(end - size), end: clock.timeOf(end), last, left: [], right: [] }
    open.splice(i, 0, pane)
    return pane
  }

  function emitPane({ start, end, left, right }: Pane, key: Key, output: Output): void {
    const emit = (result: Message): void => {
      result.window = { start, end }
      output.emit(result, end - 1, key)
    }
    if (key !== null && left.length > 0 && right.length > 0) {
      const kept = left.length * right.length > 1 ? 'both' : 'neither'
      for (const ofLeft of left) for (const ofRight of right) emit(joined(ofLeft, ofRight, key, kept))
      return
    }
    if (outer.left) for (const message of left) emit(alone(message, 'left', key))
    if (outer.right) for (const message of right) emit(alone(message, 'right', key))
  }

  function schedule({ slot, state }: Keyed<Panes>): void {
    const [first] = state.open
    if (first !== undefined) keys.timers.add(slot, first.last)
  }

  return keyedOperator({
    keys,
    process({ value, time }, output) {
      const found = place(value)
      if (found === undefined) return output.divert(value, time, null)
      const { side, key } = found
      const end = endOf(time)
      if (clock.completeAt(end) <= keys.watermark || (key === null && !outer[side]))
        return output.divert(value, time, key)
      const entry = held.at(key, time)
      const pane = paneAt(entry.state, end)
      pane[side].push(value)
      count++
      keys.timers.add(entry.slot, pane.last)
    },
    onDue(entry, output) {
      const pane = entry.state.open.shift() as Pane
      count -= pane.left.length + pane.right.length
      schedule(entry)
      emitPane(pane, entry.key, output)
    },
    onClear() {
      count = 0
    },
    holdings: () => ({ keys: keys.size, open: count }),
    save: ({ open }) => toPlain(open),
    load(saved) {
      const panes: Panes = { open: toPlain(saved) as Pane[] }
      count += rowsIn(panes)
      return panes
    },
    schedule
  })
}
