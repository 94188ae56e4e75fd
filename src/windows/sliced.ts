import type { Operator } from '../operator'
import { finite, type Timestamp } from '../record'
import { type Keyed, KeyedState } from '../state/keyed'
import { type Assigner, startOf } from './assigners'
import type { WindowParts } from './parts'
import { type Pane, seeTopic } from './result'
import { Timers } from './timers'

/** The slices of one key, oldest first, and the end of the earliest window that is to fire. */
interface Slices {
  panes: Pane[]
  nextEnd: Timestamp
}

/**
 * Tumbling and hopping windows. A record goes into one slice; a window is merged from its slices when it fires. A key is
 * registered for its earliest window only, so an advancing watermark costs what is due.
 */
export function slicedWindow({ size, slide, slice, offset }: Assigner, parts: WindowParts): Operator {
  const { aggregation, held, isKeyed, message } = parts
  const keys = new KeyedState<Slices>(
    parts.limits,
    () => ({ panes: [], nextEnd: Infinity }),
    ({ panes }) => panes.length > 0
  )
  const timers = new Timers<Keyed<Slices>>()
  let watermark: Timestamp = -Infinity
  let arrivals = 0

  /** The slice that starts at `start`, made where missing. Mostly it is the newest. */
  function paneAt(panes: Pane[], start: Timestamp): Pane {
    let i = panes.length
    while (i > 0 && panes[i - 1].start > start) i--
    if (i > 0 && panes[i - 1].start === start) return panes[i - 1]
    const pane: Pane = { start, accumulators: aggregation.create() }
    panes.splice(i, 0, pane)
    return pane
  }

  /** End of the earliest window that holds the slice and has not fired. */
  function firstEnd(start: Timestamp): Timestamp {
    const earliest = startOf(start, slide, offset) + slide
    if (earliest - 1 > watermark) return earliest
    return startOf(watermark + 1, slide, offset) + slide
  }

  function schedule(entry: Keyed<Slices>, end: Timestamp): void {
    if (end >= entry.state.nextEnd) return
    entry.state.nextEnd = end
    timers.add(end, entry)
  }

  /** The whole of a window: its only slice, or all merged. */
  function merged(panes: Pane[], start: Timestamp): Pane {
    if (slice === size) return panes[0]
    const pane: Pane = { start, accumulators: aggregation.create() }
    for (const part of panes) {
      if (part.start >= start + size) break
      if (part.start < start) continue
      aggregation.merge(pane.accumulators, part.accumulators)
      pane.topic = pane.topic === undefined || pane.topic === part.topic ? part.topic : null
    }
    return pane
  }

  /** Drops the slices that no window after the one that ended at `end` needs. */
  function drop(panes: Pane[], end: Timestamp): void {
    const keepFrom = end + slide - size
    let gone = 0
    while (gone < panes.length && panes[gone].start < keepFrom)
      held.change(-aggregation.held(panes[gone++].accumulators))
    if (gone > 0) panes.splice(0, gone)
  }

  const operator: Operator = {
    process({ value, time, key }, output) {
      const start = startOf(time, slice, offset)
      if (startOf(time, slide, offset) + size - 1 <= watermark) return output.divert(value, time, key)
      aggregation.read(value)
      held.check(aggregation.heldPerRecord)
      const entry = keys.at(key, time)
      const pane = paneAt(entry.state.panes, start)
      aggregation.add(pane.accumulators, time, arrivals++)
      held.change(aggregation.heldPerRecord)
      if (!isKeyed) seeTopic(pane, value.topic)
      schedule(entry, firstEnd(start))
    },
    onWatermark(next, output) {
      while (!timers.isEmpty && timers.next() - 1 <= next) {
        const end = timers.next()
        watermark = end - 1
        const due = timers.take()
        if (due.length > 1) due.sort((a, b) => a.order - b.order)
        for (const entry of due) {
          const { state } = entry
          if (state.nextEnd !== end) continue
          const pane = merged(state.panes, end - size)
          const result = message(pane, entry.key, end)
          drop(state.panes, end)
          state.nextEnd = Infinity
          if (state.panes.length > 0) schedule(entry, firstEnd(state.panes[0].start))
          output.emit(result, end - 1, entry.key)
        }
      }
      watermark = Math.max(watermark, next)
      keys.sweep(next)
    },
    flush: output => operator.onWatermark(Infinity, output),
    reset(key) {
      if (key !== undefined) {
        const gone = keys.delete(key)
        if (gone) {
          drop(gone.state.panes, Infinity)
          gone.state.nextEnd = Infinity
        }
        return
      }
      keys.clear()
      timers.clear()
      held.clear()
      watermark = -Infinity
    },
    due: () => timers.next() - 1,
    holdings() {
      let open = 0
      for (const { state } of keys.values()) open += state.panes.length
      return { keys: keys.size, open }
    },
    snapshot: () => ({
      watermark: finite(watermark),
      arrivals,
      keys: keys.snapshot(({ panes }) => structuredClone(panes))
    }),
    restore(snapshot) {
      const saved = structuredClone(snapshot) as { watermark: Timestamp | null; arrivals: number; keys: unknown }
      operator.reset()
      watermark = saved.watermark ?? -Infinity
      arrivals = saved.arrivals
      keys.restore(saved.keys, panes => ({ panes: panes as Pane[], nextEnd: Infinity }))
      for (const entry of keys.values()) {
        for (const pane of entry.state.panes) held.change(aggregation.held(pane.accumulators))
        if (entry.state.panes.length > 0) schedule(entry, firstEnd(entry.state.panes[0].start))
      }
    }
  }
  return operator
}
