import type { Key } from '#engine/record'
import { keysOf, type Oracle, type Rec, type Row, type Summary, taken } from './oracle'

export interface Running {
  scope: 'all' | 'count' | 'time'
  /** Records, or ms. */
  size: number
  emit: 'each' | 'count' | 'time'
  /** Records, or ms. */
  every: number
  summary: Summary
}

/** Statistics of each key, sent with its records. */
export function running({ scope, size, emit, every, summary }: Running): Oracle {
  let records: Rec[] = []
  /** For each key the newest record that was not sent, and when it is to be. */
  let waiting = new Map<Key, number>()

  function result(key: Key): unknown {
    const own = records.filter(record => record.key === key)
    const times = own.map(({ time }) => time)
    const newest = Math.max(...times)
    if (scope === 'all') return summary.of(own, [], { start: Math.min(...times), end: newest })
    if (scope === 'time') {
      const start = newest - size
      return summary.of(
        own.filter(({ time }) => time >= start),
        own.filter(({ time }) => time < start),
        { start, end: newest }
      )
    }
    const last = own.slice(-size)
    return summary.of(last, own.slice(0, -size), { start: last[0].time, end: last[last.length - 1].time })
  }
  const row = (key: Key, time: number): Row => ({ key, time, result: result(key) })

  const oracle: Oracle = {
    record(record) {
      const { key, time } = record
      records.push(record)
      if (emit === 'each') return taken(row(key, time))
      if (emit === 'count')
        return records.filter(other => other.key === key).length % every === 0 ? taken(row(key, time)) : taken()
      if (!waiting.has(key)) waiting.set(key, (Math.floor(time / every) + 1) * every - 1)
      return taken()
    },
    watermark(next) {
      const due = keysOf(records).filter(key => waiting.has(key) && waiting.get(key)! <= next)
      // equal ones stay in the order of their keys
      due.sort((a, b) => waiting.get(a)! - waiting.get(b)!)
      return due.map(key => {
        const time = waiting.get(key)!
        waiting.delete(key)
        return row(key, time)
      })
    },
    flush: () => oracle.watermark(Infinity),
    reset(key) {
      records = records.filter(record => key !== undefined && record.key !== key)
      waiting = new Map([...waiting].filter(([of]) => key !== undefined && of !== key))
    }
  }
  return oracle
}
