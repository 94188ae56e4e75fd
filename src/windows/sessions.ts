import type { Operator, Output } from '../operator'
import { finite, type Key, type Timestamp } from '../record'
import { type Keyed, KeyedState } from '../state/keyed'
import type { Accumulators, Carried, SavedAccumulators } from './accumulators'
import { type EarlyResults, isEarlyDue } from './early'
import type { WindowParts } from './parts'
import type { Kind } from './result'
import { Timers } from './timers'

interface Session extends Accumulators {
  start: Timestamp
  end: Timestamp
  /** A result was sent that was to be the last. */
  hasFired: boolean
  /** It waits for the watermark. */
  isRegistered: boolean
  /** It was merged into another one, or is no longer kept. */
  isGone: boolean
  early: EarlyResults
}

interface Sessions {
  open: Session[]
  carried: Carried
}

type SavedSession = SavedAccumulators & {
  start: Timestamp
  end: Timestamp
  hasFired: boolean
  isRegistered: boolean
  early: [Timestamp, Timestamp][]
}

/** A session and whose it is. */
interface Registered {
  entry: Keyed<Sessions>
  session: Session
}

/**
 * Session windows: a record opens [time, time + gap), and windows that touch merge. A session's timer may lag behind its
 * end; it is set anew when it comes up too early, so a record that only prolongs a session costs no timer.
 */
export function sessionWindow(gap: number, parts: WindowParts): Operator {
  const { aggregation, held, message, lateness, emit } = parts
  const keys = new KeyedState<Sessions>(
    parts.limits,
    () => ({ open: [], carried: [] }),
    ({ open }) => open.length > 0,
    ({ open }) => {
      for (const session of open) {
        session.isGone = true
        held.change(-aggregation.held(session))
      }
    }
  )
  /** When sessions fire, and when they take no record any more. */
  const timers = new Timers<Registered>()
  const expiry = new Timers<Registered>()
  let watermark: Timestamp = -Infinity
  let arrivals = 0

  const touches = ({ start, end }: Session, time: Timestamp): boolean => time + gap >= start && time <= end
  const isComplete = ({ end }: Session): boolean => end - 1 <= watermark

  /** The end of the session that a record of `time` would be in, with all that it would join. */
  function endWith(open: readonly Session[], time: Timestamp): Timestamp {
    let end = time + gap
    for (const session of open) if (touches(session, time) && session.end > end) end = session.end
    return end
  }

  const isLate = (key: Key, time: Timestamp): boolean =>
    time + gap - 1 + lateness <= watermark && endWith(keys.get(key)?.state.open ?? [], time) - 1 + lateness <= watermark

  /** One session out of all that touch the time; they are few. */
  function sessionAt(open: Session[], time: Timestamp): Session {
    let into: Session | undefined
    for (let i = 0; i < open.length; i++) {
      const session = open[i]
      if (!touches(session, time)) continue
      if (into === undefined) into = session
      else {
        aggregation.merge(into, session)
        into.start = Math.min(into.start, session.start)
        into.end = Math.max(into.end, session.end)
        into.hasFired ||= session.hasFired
        for (const [id, sent] of session.early) into.early.set(id, Math.max(sent, into.early.get(id) ?? sent))
        session.isGone = true
        open.splice(i--, 1)
      }
    }
    if (into === undefined) {
      const { cells, others } = aggregation.create()
      const created = { start: time, end: time + gap, hasFired: false, isRegistered: false, isGone: false }
      into = { ...created, early: new Map(), cells, others }
      open.push(into)
    }
    if (time < into.start) into.start = time
    if (time + gap > into.end) into.end = time + gap
    return into
  }

  function register(entry: Keyed<Sessions>, session: Session): void {
    session.isRegistered = true
    timers.add(session.end - 1, { entry, session })
  }

  /** What the key carries into a session; with lateness one may reach back before one that is not kept any more. */
  function carriedTo({ open, carried }: Sessions, { start }: Session): Carried {
    const result = carried.slice()
    for (const other of open) if (other.end <= start) aggregation.carry(result, other.others)
    return result.map(sighting => (sighting !== null && sighting.time < start ? sighting : null))
  }

  function send({ state, key }: Keyed<Sessions>, session: Session, output: Output, kind?: Kind): void {
    const { start, end } = session
    const carried = aggregation.carries ? carriedTo(state, session) : undefined
    const result = message(session, key, start, end, kind, carried)
    if (kind !== 'early') session.hasFired = true
    if (end - 1 + lateness <= watermark) drop(state, session)
    output.emit(result, end - 1, key)
  }

  function drop({ open, carried }: Sessions, session: Session): void {
    session.isGone = true
    open.splice(open.indexOf(session), 1)
    held.change(-aggregation.held(session))
    if (aggregation.carries) aggregation.carry(carried, session.others)
  }

  const kindOf = ({ hasFired }: Session): Kind | undefined => (hasFired ? 'correction' : undefined)

  const operator: Operator = {
    process({ value, time, key }, output) {
      if (isLate(key, time)) return output.divert(value, time, key)
      aggregation.columns.read(value)
      held.check(aggregation.heldPerRecord)
      const entry = keys.at(key, time)
      const session = sessionAt(entry.state.open, time)
      aggregation.add(session, time, arrivals++)
      held.change(aggregation.heldPerRecord)
      if (isComplete(session)) {
        expiry.add(session.end - 1 + lateness, { entry, session })
        return send(entry, session, output, kindOf(session))
      }
      if (!session.isRegistered) register(entry, session)
      if (emit.when !== 'final' && isEarlyDue(emit, session.early, 0, time)) send(entry, session, output, 'early')
    },
    onWatermark(next, output) {
      while (timers.isDue(next)) {
        const time = timers.next()
        watermark = time
        const due = timers.take().filter(({ session }) => !session.isGone)
        if (due.length > 1) due.sort((a, b) => a.entry.order - b.entry.order)
        for (const registered of due) {
          const { entry, session } = registered
          keys.changing(entry)
          session.isRegistered = false
          if (!isComplete(session)) register(entry, session)
          else {
            if (lateness > 0) expiry.add(time + lateness, registered)
            send(entry, session, output, kindOf(session))
          }
        }
      }
      watermark = next
      while (expiry.isDue(next)) {
        for (const { entry, session } of expiry.take()) {
          if (session.isGone || session.end - 1 + lateness > next) continue
          keys.changing(entry)
          drop(entry.state, session)
        }
      }
      keys.sweep(next)
    },
    flush: output => operator.onWatermark(Infinity, output),
    reset(key) {
      if (key !== undefined) return void keys.delete(key)
      keys.clear()
      timers.clear()
      expiry.clear()
      held.clear()
      watermark = -Infinity
    },
    due: () => timers.next(),
    holdings() {
      let open = 0
      for (const { state } of keys.values()) open += state.open.length
      return { keys: keys.size, open }
    },
    snapshot: () => ({
      watermark: finite(watermark),
      arrivals,
      keys: keys.snapshot(({ open, carried }) => ({
        open: open.map(session => {
          const { start, end, hasFired, isRegistered, early } = session
          return { start, end, hasFired, isRegistered, early: [...early], ...aggregation.save(session) }
        }),
        carried: structuredClone(carried)
      }))
    }),
    restore(snapshot) {
      const saved = snapshot as { watermark: Timestamp | null; arrivals: number; keys: unknown }
      operator.reset()
      watermark = saved.watermark ?? -Infinity
      arrivals = saved.arrivals
      keys.restore(saved.keys, state => {
        const { open, carried } = state as { open: SavedSession[]; carried: Carried }
        const load = ({ cells, others, early, ...session }: SavedSession): Session => ({
          ...session,
          isGone: false,
          early: new Map(early),
          ...aggregation.load({ cells, others })
        })
        return { open: open.map(load), carried: structuredClone(carried) }
      })
      for (const entry of keys.values()) {
        for (const session of entry.state.open) {
          held.change(aggregation.held(session))
          if (session.isRegistered) register(entry, session)
          else expiry.add(session.end - 1 + lateness, { entry, session })
        }
      }
    }
  }
  return operator
}
