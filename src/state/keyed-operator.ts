import type { Operator, Output } from '../operator'
import type { Keyed, KeyedState } from './keyed'

/** What is an operator's own, where it keeps a state for each key and looks at a key when its time has come. */
interface KeyedOperatorParts<S> extends Pick<Operator, 'process' | 'holdings'> {
  keys: KeyedState<S>
  /** The time of a key has come: it is `keys.watermark`. */
  onDue(entry: Keyed<S>, output: Output): void
  /** All keys were forgotten: so is what is kept beside them. */
  onClear?(): void
  /** The state of a key as plain data that shares nothing with it. */
  save(state: S): unknown
  /** The way back. */
  load(saved: unknown): S
  /** Sees to it that a key that was brought back is looked at when its time comes. */
  schedule(entry: Keyed<S>): void
}

/** The operator: the keys that are due are looked at in the order of their times, then in the order they were first seen. */
export function keyedOperator<S>(parts: KeyedOperatorParts<S>): Operator {
  const { keys, process, holdings, onDue, onClear, save, load, schedule } = parts
  const operator: Operator = {
    process,
    onWatermark(watermark, output) {
      for (let entry; (entry = keys.takeDue(watermark)) !== undefined;) {
        keys.watermark = keys.timers.now
        onDue(entry, output)
      }
      keys.advance(watermark)
    },
    flush: output => operator.onWatermark(Infinity, output),
    reset(key) {
      if (key !== undefined) return keys.delete(key)
      keys.clear()
      onClear?.()
    },
    due: () => keys.timers.next(),
    holdings,
    snapshot: () => keys.snapshot(save),
    restore(snapshot) {
      operator.reset()
      keys.restore(snapshot, load)
      for (const entry of keys.values()) schedule(entry)
    }
  }
  return operator
}
