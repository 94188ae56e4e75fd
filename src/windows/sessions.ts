import type { Operator } from '../operator'
import { finite, type Key, type Timestamp } from '../record'
import { KeyedState } from '../state/keyed'
import type { WindowParts } from './parts'
import { type Pane, seeTopic } from './result'
import { Timers } from './timers'

interface Session extends Pane {
  /** Time of the last record + gap. */
  end: Timestamp
}

interface Timer {
  key: Key
  order: number
  session: Session
  isGone: boolean
}

/**
 * Session windows: a record opens [time, time + gap), and windows that touch merge. A session's timer may lag behind its
 * end; it is set anew when it comes up too early, so a record that only prolongs a session costs no timer.
 */
export function sessionWindow(gap: number, parts: WindowParts): Operator {
  const { aggregation, held, isKeyed, message } = parts
  const keys = new KeyedState<Timer[]>(
    parts.limits,
    () => [],
    open => open.length > 0
  )
  const timers = new Timers<Timer>()
  let watermark: Timestamp = -Infinity
  let arrivals = 0

  const touches = ({ session }: Timer, time: Timestamp): boolean => time + gap >= session.start && time <= session.end

  /** The end of the session that a record of `time` would be in, with all that it would join. */
  function endWith(open: Timer[], time: Timestamp): Timestamp {
    let end = time + gap
    for (const timer of open) if (touches(timer, time) && timer.session.end > end) end = timer.session.end
    return end
  }

  /** One session out of all that touch the time; they are few. */
  function sessionAt(open: Timer[], time: Timestamp, key: Key, order: number): Session {
    let into: Session | undefined
    for (let i = 0; i < open.length; i++) {
      const { session } = open[i]
      if (!touches(open[i], time)) continue
      if (into === undefined) into = session
      else {
        aggregation.merge(into.accumulators, session.accumulators)
        if (session.topic !== into.topic) into.topic = null
        into.start = Math.min(into.start, session.start)
        into.end = Math.max(into.end, session.end)
        open[i].isGone = true
        open.splice(i--, 1)
      }
    }
    if (into === undefined) {
      into = { start: time, end: time + gap, accumulators: aggregation.create() }
      const timer = { key, order, session: into, isGone: false }
      open.push(timer)
      timers.add(into.end, timer)
    }
    into.start = Math.min(into.start, time)
    into.end = Math.max(into.end, time + gap)
    return into
  }

  const operator: Operator = {
    process({ value, time, key }, output) {
      if (endWith(keys.get(key)?.state ?? [], time) - 1 <= watermark) return output.divert(value, time, key)
      aggregation.read(value)
      held.check(aggregation.heldPerRecord)
      const { state, order } = keys.at(key, time)
      const session = sessionAt(state, time, key, order)
      aggregation.add(session.accumulators, time, arrivals++)
      held.change(aggregation.heldPerRecord)
      if (!isKeyed) seeTopic(session, value.topic)
    },
    onWatermark(next, output) {
      while (!timers.isEmpty && timers.next() - 1 <= next) {
        const end = timers.next()
        const due = timers.take().filter(timer => {
          if (timer.isGone) return false
          if (timer.session.end === end) return true
          timers.add(timer.session.end, timer)
          return false
        })
        if (due.length > 1) due.sort((a, b) => a.order - b.order)
        watermark = end - 1
        for (const timer of due) {
          const open = keys.get(timer.key)?.state ?? []
          open.splice(open.indexOf(timer), 1)
          held.change(-aggregation.held(timer.session.accumulators))
          output.emit(message(timer.session, timer.key, end), end - 1, timer.key)
        }
      }
      watermark = Math.max(watermark, next)
      keys.sweep(next)
    },
    flush: output => operator.onWatermark(Infinity, output),
    reset(key) {
      if (key !== undefined) {
        for (const timer of keys.delete(key)?.state ?? []) {
          timer.isGone = true
          held.change(-aggregation.held(timer.session.accumulators))
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
      for (const { state } of keys.values()) open += state.length
      return { keys: keys.size, open }
    },
    snapshot: () => ({
      watermark: finite(watermark),
      arrivals,
      keys: keys.snapshot(open => structuredClone(open.map(({ session }) => session)))
    }),
    restore(snapshot) {
      const saved = structuredClone(snapshot) as { watermark: Timestamp | null; arrivals: number; keys: unknown }
      operator.reset()
      watermark = saved.watermark ?? -Infinity
      arrivals = saved.arrivals
      keys.restore(saved.keys, (sessions, key) =>
        (sessions as Session[]).map(session => ({ key, order: 0, session, isGone: false }))
      )
      for (const { order, state } of keys.values()) {
        for (const timer of state) {
          timer.order = order
          timers.add(timer.session.end, timer)
          held.change(aggregation.held(timer.session.accumulators))
        }
      }
    }
  }
  return operator
}
