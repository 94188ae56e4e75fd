import type { Operator } from '../operator'
import { finite, type Key, type Message, type Timestamp } from '../record'
import { type Keyed, KeyedState } from '../state/keyed'
import type { Accumulators, Carried, SavedAccumulators } from './accumulators'
import { isEarlyDue } from './early'
import type { WindowParts } from './parts'
import type { Kind } from './result'

interface Session extends Accumulators {
  start: Timestamp
  end: Timestamp
  /** A result was sent that was to be the last. */
  hasFired: boolean
  /** Event time of the last early result. */
  early: Timestamp | undefined
}

interface Sessions {
  open: Session[]
  carried: Carried
}

type SavedSession = SavedAccumulators & Omit<Session, keyof Accumulators>

/**
 * Session windows: a record opens [time, time + gap), and windows that touch merge. A key is looked at when the first of
 * its sessions could end; one that was prolonged meanwhile is come back to, so a record in it costs no timer.
 */
export function sessionWindow(gap: number, parts: WindowParts): Operator {
  const { aggregation, held, message, lateness, emit } = parts
  const keys = new KeyedState<Sessions>(
    parts.limits,
    () => ({ open: [], carried: [] }),
    ({ open }) => open.length > 0,
    ({ open }) => {
      for (const session of open) held.change(-aggregation.held(session))
    }
  )
  let watermark: Timestamp = -Infinity
  let arrivals = 0

  const touches = ({ start, end }: Session, time: Timestamp): boolean => time + gap >= start && time <= end
  const isComplete = ({ end }: Session): boolean => end - 1 <= watermark
  const isGone = ({ end }: Session): boolean => end - 1 + lateness <= watermark

  /** The end of the session that a record of `time` would be in, with all that it would join. */
  function endWith(open: readonly Session[], time: Timestamp): Timestamp {
    let end = time + gap
    for (const session of open) if (touches(session, time) && session.end > end) end = session.end
    return end
  }

  const isLate = (key: Key, time: Timestamp): boolean =>
    time + gap - 1 + lateness <= watermark && endWith(keys.get(key)?.state.open ?? [], time) - 1 + lateness <= watermark

  function merge(into: Session, session: Session): void {
    aggregation.merge(into, session)
    into.start = Math.min(into.start, session.start)
    into.end = Math.max(into.end, session.end)
    into.hasFired ||= session.hasFired
    if (session.early !== undefined) into.early = Math.max(session.early, into.early ?? session.early)
  }

  /** One session out of all that touch the time; they are few. */
  function sessionAt(open: Session[], time: Timestamp): Session {
    let into: Session | undefined
    for (let i = 0; i < open.length; i++) {
      const session = open[i]
      if (!touches(session, time)) continue
      if (into === undefined) into = session
      else {
        merge(into, session)
        open.splice(i--, 1)
      }
    }
    if (into === undefined) {
      const { cells, others } = aggregation.create()
      into = { start: time, end: time + gap, hasFired: false, early: undefined, cells, others }
      open.push(into)
    }
    if (time < into.start) into.start = time
    if (time + gap > into.end) into.end = time + gap
    return into
  }

  /** Has the key looked at when the session ends; or where it has, when it takes no record any more. */
  const schedule = (slot: number, session: Session): void =>
    keys.timers.add(slot, session.end - 1 + (isComplete(session) ? lateness : 0))

  /** What the key carries into a session; with lateness one may reach back before one that is not kept any more. */
  function carriedTo({ open, carried }: Sessions, { start }: Session): Carried {
    const result = carried.slice()
    for (const other of open) if (other.end <= start) aggregation.carry(result, other.others)
    return result.map(sighting => (sighting !== null && sighting.time < start ? sighting : null))
  }

  function resultOf({ state, key }: Keyed<Sessions>, session: Session, kind?: Kind): Message {
    const carried = aggregation.carries ? carriedTo(state, session) : undefined
    return message(session, key, session.start, session.end, kind, carried)
  }

  /** The result of a session that is complete; late records may have been in it before. */
  function finalOf(entry: Keyed<Sessions>, session: Session): Message {
    const result = resultOf(entry, session, session.hasFired ? 'correction' : undefined)
    session.hasFired = true
    return result
  }

  /** Drops the sessions that take no record any more. */
  function tidy(state: Sessions): void {
    const { open, carried } = state
    for (let i = open.length - 1; i >= 0; i--) {
      if (!isGone(open[i])) continue
      const [session] = open.splice(i, 1)
      held.change(-aggregation.held(session))
      if (aggregation.carries) aggregation.carry(carried, session.others)
    }
  }

  const operator: Operator = {
    process({ value, time, key }, output) {
      if (isLate(key, time)) return output.divert(value, time, key)
      aggregation.columns.read(value)
      held.check(aggregation.heldPerRecord)
      const entry = keys.at(key, time)
      const session = sessionAt(entry.state.open, time)
      aggregation.add(session, time, arrivals++)
      held.change(aggregation.heldPerRecord)
      schedule(entry.slot, session)
      if (isComplete(session)) return output.emit(finalOf(entry, session), session.end - 1, key)
      if (!isEarlyDue(emit, session.early, time)) return
      session.early = time
      output.emit(resultOf(entry, session, 'early'), session.end - 1, key)
    },
    onWatermark(next, output) {
      for (let entry; (entry = keys.takeDue(next)) !== undefined;) {
        const { key, slot, state } = entry
        const time = (watermark = keys.timers.now)
        const ended = state.open.find(({ end }) => end - 1 === time)
        const result = ended && finalOf(entry, ended)
        tidy(state)
        for (const session of state.open) schedule(slot, session)
        if (result) output.emit(result, time, key)
      }
      watermark = next
      keys.sweep(next)
    },
    flush: output => operator.onWatermark(Infinity, output),
    reset(key) {
      if (key !== undefined) return keys.delete(key)
      keys.clear()
      held.clear()
      watermark = -Infinity
    },
    due: () => keys.timers.next(),
    holdings() {
      let open = 0
      for (const { state } of keys.values()) open += state.open.length
      return { keys: keys.size, open }
    },
    snapshot: () => ({
      watermark: finite(watermark),
      arrivals,
      keys: keys.snapshot(({ open, carried }) => ({
        open: open.map(session => ({ ...session, ...aggregation.save(session) })),
        carried: structuredClone(carried)
      }))
    }),
    restore(snapshot) {
      const saved = snapshot as { watermark: Timestamp | null; arrivals: number; keys: unknown }
      operator.reset()
      watermark = saved.watermark ?? -Infinity
      arrivals = saved.arrivals
      keys.restore(saved.keys, watermark, state => {
        const { open, carried } = state as { open: SavedSession[]; carried: Carried }
        return {
          open: open.map(session => ({ ...session, early: session.early, ...aggregation.load(session) })),
          carried: structuredClone(carried)
        }
      })
      for (const { slot, state } of keys.values()) {
        for (const session of state.open) {
          held.change(aggregation.held(session))
          schedule(slot, session)
        }
      }
    }
  }
  return operator
}
