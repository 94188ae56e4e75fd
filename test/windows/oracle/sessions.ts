import { keysOf, late, type Oracle, type Rec, type Row, type Summary, taken } from './oracle'

export interface SessionOptions {
  gap: number
  lateness: number
  emit: 'final' | 'update' | 'every'
  every: number
  summary: Summary
}

/** Session windows: the records of a key in order of time, cut where two are more than `gap` apart. */
export function sessions({ gap, lateness, emit, every, summary }: SessionOptions): Oracle {
  /** Records of sessions that still take records, and of those that do not any more. */
  let live: Rec[] = []
  let gone: Rec[] = []
  let watermark = -Infinity
  /** Records that were in a result that was to be final, and those with which an early result was sent. */
  const sent = new Set<Rec>()
  const early = new Set<Rec>()

  const startOf = (session: readonly Rec[]): number => Math.min(...session.map(({ time }) => time))
  const endOf = (session: readonly Rec[]): number => Math.max(...session.map(({ time }) => time)) + gap

  function cut(records: readonly Rec[]): Rec[][] {
    const sessions: Rec[][] = []
    for (const record of [...records].sort((a, b) => a.time - b.time)) {
      const session = sessions[sessions.length - 1]
      if (session !== undefined && record.time <= endOf(session)) session.push(record)
      else sessions.push([record])
    }
    // within a session as they came
    return sessions.map(session => session.sort((a, b) => a.id - b.id))
  }
  const sessionsOf = ({ key }: Pick<Rec, 'key'>): Rec[][] => cut(live.filter(record => record.key === key))

  function row(session: Rec[], kind?: 'early' | 'correction'): Row {
    const [{ key }] = session
    const isSameKey = (record: Rec): boolean => record.key === key
    const window = { start: startOf(session), end: endOf(session), ...(kind && { kind }) }
    const others = [
      ...gone.filter(isSameKey),
      ...sessionsOf({ key })
        .filter(other => endOf(other) <= window.start)
        .flat()
    ]
    // a late record may have made the session reach back before one that takes no records any more
    const isBefore = others.every(({ time, v }) => v === null || time < window.start)
    if (kind !== 'early') for (const record of session) sent.add(record)
    return { key, time: window.end - 1, window, result: summary.of(session, isBefore ? others : [], window) }
  }

  const final = (session: Rec[]): Row =>
    row(session, session.some(record => sent.has(record)) ? 'correction' : undefined)

  function isEarlyDue(session: Rec[], record: Rec): boolean {
    if (emit !== 'every') return emit === 'update'
    const last = Math.max(...session.filter(other => early.has(other)).map(({ time }) => time))
    const isDue = record.time >= last + every
    if (isDue) early.add(record)
    return isDue
  }

  /** Sessions that no record can join any more. */
  function dropOld(): void {
    for (const session of keysOf(live).flatMap(key => sessionsOf({ key }))) {
      if (endOf(session) - 1 + lateness > watermark) continue
      gone.push(...session)
      live = live.filter(record => !session.includes(record))
    }
  }

  const oracle: Oracle = {
    record(record) {
      const isSameKey = ({ key }: Rec): boolean => key === record.key
      const session = cut([...live.filter(isSameKey), record]).find(session => session.includes(record))!
      if (endOf(session) - 1 + lateness <= watermark) return late(record)
      live.push(record)
      if (endOf(session) - 1 <= watermark) return taken(final(session))
      return isEarlyDue(session, record) ? taken(row(session, 'early')) : taken()
    },
    watermark(next) {
      const all = keysOf([...gone, ...live].sort((a, b) => a.id - b.id)).flatMap(key => sessionsOf({ key }))
      const due = all.filter(session => watermark < endOf(session) - 1 && endOf(session) - 1 <= next)
      // equal ones stay in the order of their keys
      due.sort((a, b) => endOf(a) - endOf(b))
      watermark = next
      const rows = due.map(final)
      dropOld()
      return rows
    },
    flush: () => oracle.watermark(Infinity),
    reset(key) {
      const isKept = (record: Rec): boolean => key !== undefined && record.key !== key
      live = live.filter(isKept)
      gone = gone.filter(isKept)
      if (key === undefined) watermark = -Infinity
    }
  }
  return oracle
}
