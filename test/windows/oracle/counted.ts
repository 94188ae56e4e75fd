import type { Key } from '#engine/record'
import { keysOf, type Oracle, type Rec, type Row, type Summary, taken } from './oracle'

export interface Counted {
  size: number
  slide: number
  partial: boolean
  /** ms of the wall clock; Infinity: never. */
  timeout: number
  summary: Summary
}

/** Windows of the last `size` records of a key, every `slide` records. */
export function counted({ size, slide, partial, timeout, summary }: Counted): Oracle & Required<Pick<Oracle, 'clock'>> {
  let records: Rec[] = []
  /** Those that were in a window, those that no window will hold again, and when each came by the clock. */
  let sent = new Set<Rec>()
  let gone = new Set<Rec>()
  const cameAt = new Map<Rec, number>()
  let now = 0

  const ofKey = (key: Key): Rec[] => records.filter(record => record.key === key)
  /** What has come since the key began, or began anew. */
  const running = (key: Key): Rec[] => ofKey(key).filter(record => !gone.has(record))
  const isFresh = (key: Key): boolean => running(key).some(record => !sent.has(record))

  function row(key: Key): Row {
    const within = running(key).slice(-size)
    const earlier = ofKey(key).slice(0, ofKey(key).indexOf(within[0]))
    const window = { start: within[0].time, end: within[within.length - 1].time }
    sent = new Set(records.filter(record => record.key === key || sent.has(record)))
    // a window that does not overlap the next one is the end of all that came before
    if (slide >= size) gone = new Set([...gone, ...ofKey(key)])
    return { key, time: window.end, window, result: summary.of(within, earlier, window) }
  }

  return {
    record(record) {
      records.push(record)
      cameAt.set(record, now)
      const { length } = running(record.key)
      return length % slide === 0 && (partial || length >= size) ? taken(row(record.key)) : taken()
    },
    watermark: () => [],
    clock(time) {
      now = time
      const silentAt = (key: Key): number => Math.max(...ofKey(key).map(record => cameAt.get(record)!)) + timeout
      const due = keysOf(records).filter(key => isFresh(key) && silentAt(key) <= now)
      // equal ones stay in the order of their keys
      return due.sort((a, b) => silentAt(a) - silentAt(b)).map(row)
    },
    flush: () => (partial ? keysOf(records).filter(isFresh).map(row) : []),
    reset(key) {
      records = records.filter(record => key !== undefined && record.key !== key)
    }
  }
}
