import type { Sighting } from '#engine/aggregate'
import type { Key } from '#engine/record'
import { definitions } from '../../aggregates/definitions'

/** A record as the oracles see it; `id` is its place in the order of arrival. */
export interface Rec {
  id: number
  time: number
  key: Key
  v: number | null
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
  flush(): Row[]
  reset(key?: Key): void
}

export const taken = (...out: Row[]): Outcome => ({ out, late: [] })
export const late = ({ id }: Rec): Outcome => ({ out: [], late: [id] })

/** The aggregates that all windows are compared by: a row each of the node's list. */
export const names = ['sum', 'min', 'first', 'last', 'median', 'collect', 'increase', 'timeMean'] as const
export const aggregates = [{ fn: 'count' }, ...names.map(fn => ({ fn, field: 'payload.v' }))]

/** The keys in the order in which they were first seen. */
export const keysOf = (records: readonly Rec[]): Key[] => [...new Set(records.map(({ key }) => key))]

/**
 * The aggregates of `records` as their definitions say. `earlier`: what the key had in windows before this one; its last
 * value counts where it lies before the window.
 */
export function resultOf(
  records: readonly Rec[],
  earlier: readonly Rec[],
  { start, end }: { start: number; end: number }
): unknown {
  const values = (of: readonly Rec[]): Sighting[] =>
    of.filter(({ v }) => v !== null).map(({ v, time, id }) => ({ value: v, time, arrival: id }))
  const [last] = values(earlier).sort((a, b) => b.time - a.time || b.arrival - a.arrival)
  const before = last?.time < start ? last : null
  const results = names.map(name => [name, definitions[name](values(records), { start, end, before })] as const)
  return { count: records.length, ...Object.fromEntries(results) }
}

/** Numbers to six digits, so that a mean may be summed up in any order. */
export const rounded = (result: unknown): unknown =>
  JSON.parse(JSON.stringify(result), (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 1e6) / 1e6 : value
  )
