import type { Key } from '#engine/record'
import { keysOf, late, type Oracle, type Rec, type Row, type Summary, taken } from './oracle'
import type { WallClock } from './wall-clock'

/** Start and end as the wall clock shows them. */
interface Window {
  start: number
  end: number
}

export interface Aligned {
  /** The windows that hold what the clock shows, by their ends, which lie one `slide` apart. */
  windowsOf(shown: number): Window[]
  slide: number
  clock: WallClock
  summary: Summary
  lateness: number
  emit: 'final' | 'update' | 'every'
  every: number
  emitEmpty: boolean
}

const floorMod = (a: number, b: number): number => ((a % b) + b) % b

export const hopping = (size: number, slide: number, offset: number) => (shown: number) => {
  const windows: Window[] = []
  for (let start = shown - floorMod(shown - offset, slide); start > shown - size; start -= slide)
    windows.unshift({ start, end: start + size })
  return windows
}

export const cumulative = (size: number, step: number, offset: number) => (shown: number) => {
  const windows: Window[] = []
  const start = shown - floorMod(shown - offset, size)
  for (let end = start + step; end <= start + size; end += step) if (shown < end) windows.push({ start, end })
  return windows
}

/** Tumbling, hopping and cumulative windows. */
export function aligned({ windowsOf, slide, clock, lateness, emit, every, emitEmpty, summary }: Aligned): Oracle {
  let records: Rec[] = []
  let watermark = -Infinity
  /** Windows of which a result was sent that was to be final. */
  let sent = new Set<string>()
  /** For each window the time of the record with which the last early result was sent. */
  let early = new Map<string, number>()

  const idOf = (key: Key, { end }: Window): string => JSON.stringify([key, end])
  const completeAt = ({ end }: Window): number => clock.completeAt(end)

  function row(key: Key, { start, end }: Window, kind?: 'early' | 'correction'): Row {
    const own = records.filter(record => record.key === key)
    const within = own.filter(({ time }) => start <= clock.show(time) && clock.show(time) < end)
    const earlier = own.filter(({ time }) => clock.show(time) < start)
    const span = { start: clock.timeOf(start), end: clock.timeOf(end) }
    if (kind !== 'early') sent.add(idOf(key, { start, end }))
    return {
      key,
      time: span.end - 1,
      window: { ...span, ...(kind && { kind }) },
      result: summary.of(within, earlier, span)
    }
  }

  function isEarlyDue(key: Key, window: Window, time: number): boolean {
    if (emit !== 'every') return emit === 'update'
    const isDue = time >= (early.get(idOf(key, window)) ?? -Infinity) + every
    if (isDue) early.set(idOf(key, window), time)
    return isDue
  }

  /** The windows of a key that are complete by `next` and were not by the watermark. */
  function dueOf(key: Key, next: number): Window[] {
    const held = records.filter(record => record.key === key).flatMap(({ time }) => windowsOf(clock.show(time)))
    const ends = held.map(({ end }) => end)
    if (emitEmpty) {
      const hasFired = held.some(window => completeAt(window) <= watermark)
      const last = Math.max(...ends)
      // the stream's end is that of the key's last record, or of the window that is open
      const isWanted = (end: number): boolean =>
        next < Infinity
          ? clock.completeAt(end) <= next
          : end <= last || (hasFired && clock.completeAt(end - slide) <= watermark)
      for (let end = Math.min(...ends); isWanted(end); end += slide) ends.push(end)
    }
    return [...new Set(ends)]
      .map(end => held.find(window => window.end === end) ?? windowsOf(end - 1)[0])
      .filter(window => watermark < completeAt(window) && completeAt(window) <= next)
  }

  return {
    record(record) {
      const { key, time } = record
      const open = windowsOf(clock.show(time)).filter(window => completeAt(window) + lateness > watermark)
      if (open.length === 0) return late(record)
      records.push(record)
      return taken(
        ...open.flatMap(window => {
          if (completeAt(window) <= watermark)
            return row(key, window, sent.has(idOf(key, window)) ? 'correction' : undefined)
          return isEarlyDue(key, window, time) ? row(key, window, 'early') : []
        })
      )
    },
    watermark(next) {
      const due = keysOf(records).flatMap(key => dueOf(key, next).map(window => ({ key, window })))
      // equal ones stay in the order of their keys
      due.sort((a, b) => a.window.end - b.window.end)
      watermark = next
      return due.map(({ key, window }) => row(key, window))
    },
    flush() {
      return this.watermark(Infinity)
    },
    reset(key) {
      const isKept = (of: Key): boolean => key !== undefined && of !== key
      records = records.filter(record => isKept(record.key))
      sent = new Set([...sent].filter(id => isKept((JSON.parse(id) as [Key])[0])))
      early = new Map([...early].filter(([id]) => isKept((JSON.parse(id) as [Key])[0])))
      if (key === undefined) watermark = -Infinity
    }
  }
}
