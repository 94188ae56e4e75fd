import type { Timestamp } from '../record'
import type { Accumulators } from './accumulators'
import type { Aggregation } from './aggregation'

/** The window [start, end) of records of which each came less than a gap from another. */
export interface Session extends Accumulators {
  start: Timestamp
  end: Timestamp
  /** A result was sent that was to be the last. */
  hasFired: boolean
  /** Event time of the last early result. */
  early: Timestamp | undefined
}

/** How a record of a key joins its open sessions: it opens [time, time + gap), and windows that touch merge. */
export interface OpenSessions {
  /** The end of the session that a record of `time` would be in, with all that it would join. */
  endWith(open: readonly Session[], time: Timestamp): Timestamp
  /** The session for a record of `time`: one out of all that touch it, or a new one. */
  at(open: Session[], time: Timestamp): Session
}

export function openSessions(gap: number, aggregation: Aggregation): OpenSessions {
  const touches = ({ start, end }: Session, time: Timestamp): boolean => time + gap >= start && time <= end

  function merge(into: Session, session: Session): void {
    aggregation.merge(into, session)
    into.start = Math.min(into.start, session.start)
    into.end = Math.max(into.end, session.end)
    into.hasFired ||= session.hasFired
    if (session.early !== undefined) into.early = Math.max(session.early, into.early ?? session.early)
  }

  return {
    endWith(open, time) {
      let end = time + gap
      for (const session of open) if (touches(session, time) && session.end > end) end = session.end
      return end
    },
    // those that touch are few
    at(open, time) {
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
  }
}
