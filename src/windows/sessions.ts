import type { Operator } from '../operator'
import type { Key, Message, Timestamp } from '../record'
import { type Keyed, KeyedState } from '../state/keyed'
import { keyedOperator } from '../state/keyed-operator'
import type { Accumulators, SavedAccumulators } from './accumulators'
import { isEarlyDue } from './early'
import { openSessions, type Session } from './open-sessions'
import type { Carried } from './others'
import type { WindowParts } from './parts'
import type { Kind } from './result'

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
  const keys = new KeyedState<Sessions>({
    limits: parts.limits,
    create: () => ({ open: [], carried: [] }),
    isBusy: ({ open }) => open.length > 0,
    onGone({ open }) {
      for (const session of open) held.change(-aggregation.held(session))
    }
  })
  const sessions = openSessions(gap, aggregation)

  const isComplete = ({ end }: Session): boolean => end - 1 <= keys.watermark
  const isPast = (end: Timestamp): boolean => end - 1 + lateness <= keys.watermark

  const isLate = (key: Key, time: Timestamp): boolean =>
    isPast(time + gap) && isPast(sessions.endWith(keys.get(key)?.state.open ?? [], time))

  /** Has the key looked at when a session of it ends; or where it has, when it takes no record any more. */
  function schedule({ slot, state }: Keyed<Sessions>): void {
    for (const session of state.open) keys.timers.add(slot, session.end - 1 + (isComplete(session) ? lateness : 0))
  }

  /** What the key carries into a session; with lateness one may reach back before one that is not kept any more. */
  function carriedTo({ open, carried }: Sessions, { start }: Session): Carried {
    const result = carried.slice()
    for (const other of open) if (other.end <= start) aggregation.others.carry(result, other.others)
    return result.map(sighting => (sighting !== null && sighting.time < start ? sighting : null))
  }

  function resultOf({ state, key }: Keyed<Sessions>, session: Session, kind?: Kind): Message {
    const carried = aggregation.others.carries ? carriedTo(state, session) : undefined
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
      if (!isPast(open[i].end)) continue
      const [session] = open.splice(i, 1)
      held.change(-aggregation.held(session))
      if (aggregation.others.carries) aggregation.others.carry(carried, session.others)
    }
  }

  return keyedOperator({
    keys,
    process({ value, time, key }, output) {
      if (isLate(key, time)) return output.divert(value, time, key)
      aggregation.columns.read(value)
      held.check(aggregation.others.heldPerRecord)
      const entry = keys.at(key, time)
      const session = sessions.at(entry.state.open, time)
      aggregation.add(session, time, keys.arrivals++)
      held.change(aggregation.others.heldPerRecord)
      schedule(entry)
      if (isComplete(session)) return output.emit(finalOf(entry, session), session.end - 1, key)
      if (!isEarlyDue(emit, session.early, time)) return
      session.early = time
      output.emit(resultOf(entry, session, 'early'), session.end - 1, key)
    },
    onDue(entry, output) {
      const time = keys.watermark
      const ended = entry.state.open.find(({ end }) => end - 1 === time)
      const result = ended && finalOf(entry, ended)
      tidy(entry.state)
      schedule(entry)
      if (result) output.emit(result, time, entry.key)
    },
    onClear: () => held.clear(),
    holdings() {
      let open = 0
      for (const { state } of keys.values()) open += state.open.length
      return { keys: keys.size, open }
    },
    save: ({ open, carried }) => ({
      open: open.map(session => ({ ...session, ...aggregation.save(session) })),
      carried: structuredClone(carried)
    }),
    load(saved) {
      const { open, carried } = saved as { open: SavedSession[]; carried: Carried }
      const sessions = open.map(session => ({ ...session, early: session.early, ...aggregation.load(session) }))
      for (const session of sessions) held.change(aggregation.held(session))
      return { open: sessions, carried: structuredClone(carried) }
    },
    schedule
  })
}
