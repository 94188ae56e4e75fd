import type { Sighting } from '#engine/aggregate'
import type { Key } from '#engine/record'
import { definitions } from '../../aggregates/definitions'

/** A record as the oracles see it; `id` is its place in the order of arrival. */
export interface Rec {
  id: number
  time: number
  key: Key
  v: number | null
  topic: string | null
}

/** What is to come out of output 1: the result of a window, with the event time of its message. */
export interface Row {
  key: Key
  time: number
  window?: { start: number; end: number; kind?: 'early' | 'correction' }
  result: unknown
}

/** What is to come out at one step, in this order; `late`: the ids of the records at output 2. */
export interface Outcome {
  out: Row[]
  late: number[]
}

/** What a kind of window means: it keeps every record and looks at all of them whenever it is asked. */
export interface Oracle {
  record(record: Rec): Outcome
  /** The watermark advances to `next`. */
  watermark(next: number): Row[]
  /** The wall clock shows `now`; there where a window asks for it. */
  clock?(now: number): Row[]
  flush(): Row[]
  reset(key?: Key): void
}

export const taken = (...out: Row[]): Outcome => ({ out, late: [] })
export const late = ({ id }: Rec): Outcome => ({ out: [], late: [id] })

/** The keys in the order in which they were first seen. */
export const keysOf = (records: readonly Rec[]): Key[] => [...new Set(records.map(({ key }) => key))]

/** What is asked of each window: the rows of the node's list, and what they mean. */
export interface Summary {
  aggregates: { fn: string; field?: string }[]
  /**
   * The results of `records`, as they came. `earlier`: what the key had before this window; its last value counts in some.
   */
  of(records: readonly Rec[], earlier: readonly Rec[], window: { start: number; end: number }): unknown
}

/** The topic that all records share, else the name of the node. */
const sharedTopic = ([first, ...others]: readonly Rec[]): string =>
  first?.topic != null && others.every(({ topic }) => topic === first.topic) ? first.topic : 'node'

/** The number of records, and aggregates of `payload.v` by their definitions; without keys, the topic of the message. */
export function summary(names: readonly string[], isKeyed: boolean): Summary {
  const values = (of: readonly Rec[]): Sighting[] =>
    of.filter(({ v }) => v !== null).map(({ v, time, id }) => ({ value: v, time, arrival: id }))
  return {
    aggregates: [{ fn: 'count' }, ...names.map(fn => ({ fn, field: 'payload.v' }))],
    of(records, earlier, { start, end }) {
      const [last] = values(earlier).sort((a, b) => b.time - a.time || b.arrival - a.arrival)
      const span = { start, end, before: last ?? null }
      const results = names.map(name => [name, definitions[name](values(records), span)] as const)
      return { count: records.length, ...Object.fromEntries(results), ...(!isKeyed && { topic: sharedTopic(records) }) }
    }
  }
}

/** Aggregates of every kind: sums, order, what is held, what slides by removal, and what asks for the value before. */
export const most = ['sum', 'min', 'first', 'last', 'median', 'collect', 'increase']
/** With one whose definition walks through the window ms by ms. */
export const everything = [...most, 'timeMean']

/** Numbers to six digits, so that a mean may be summed up in any order. */
export const rounded = (result: unknown): unknown =>
  JSON.parse(JSON.stringify(result), (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1e6) / 1e6 : value
  )
