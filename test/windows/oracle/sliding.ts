import type { Key } from '#engine/record'
import { keysOf, late, type Oracle, type Rec, type Summary, taken } from './oracle'

/** For each record the aggregates of its key over [time - size, time], both inclusive. */
export function sliding(size: number, summary: Summary): Oracle {
  let records: Rec[] = []
  let waiting: Rec[] = []
  /** The newest time of each key of which a result was sent. */
  const sent = new Map<Key, number>()

  const oracle: Oracle = {
    record(record) {
      if (record.time <= (sent.get(record.key) ?? -Infinity)) return late(record)
      records.push(record)
      waiting.push(record)
      return taken()
    },
    watermark(next) {
      const order = keysOf(records)
      const due = waiting.filter(({ time }) => time <= next)
      due.sort((a, b) => a.time - b.time || order.indexOf(a.key) - order.indexOf(b.key) || a.id - b.id)
      waiting = waiting.filter(record => !due.includes(record))
      return due.map(({ key, time }) => {
        sent.set(key, time)
        const window = { start: time - size, end: time }
        const own = records.filter(record => record.key === key)
        const within = own.filter(record => window.start <= record.time && record.time <= time)
        const earlier = own.filter(record => record.time < window.start)
        return { key, time, window, result: summary.of(within, earlier, window) }
      })
    },
    flush: () => oracle.watermark(Infinity),
    reset(key) {
      const isKept = (record: Rec): boolean => key !== undefined && record.key !== key
      records = records.filter(isKept)
      waiting = waiting.filter(isKept)
      if (key === undefined) sent.clear()
      else sent.delete(key)
    }
  }
  return oracle
}
