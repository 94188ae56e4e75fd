import type { Aggregate } from '../aggregate'
import { aggregates } from '../aggregates'
import { ConfigError } from '../errors'
import { type Field, toText } from './fields'

/** One row of a node's list of aggregates, checked and named. */
export interface AggregateRow {
  aggregate: Aggregate
  fn: string
  /** The property or expression whose values are aggregated; empty = `payload`, for `count` every record. */
  field: string
  fieldType: 'msg' | 'jsonata'
  /** The name of the result; `''`, only where there is one row: the payload is the bare value. */
  as: string
}

const reserved = new Set(['key', 'start', 'end', 'value', 'kind', 'left', 'right'])

const textOf = (raw: unknown): string => (typeof raw === 'string' || typeof raw === 'number' ? String(raw).trim() : '')

function toRow(raw: unknown, name: string): AggregateRow & { given: boolean } {
  const { fn, field, fieldType, arg, as } = (raw ?? {}) as Record<string, unknown>
  if (typeof fn !== 'string' || !Object.hasOwn(aggregates, fn)) {
    throw new ConfigError(`${name}.fn`, `must be one of ${Object.keys(aggregates).join(', ')}`, fn)
  }
  const type = textOf(fieldType) || 'msg'
  if (type !== 'msg' && type !== 'jsonata')
    throw new ConfigError(`${name}.fieldType`, 'must be msg or jsonata', fieldType)
  const aggregate = aggregates[fn](arg, `${name}.arg`)
  const given = textOf(as)
  return {
    aggregate,
    fn,
    field: toText(textOf(field), `${name}.field`),
    fieldType: type,
    as: given || (fn === 'percentile' ? `p${textOf(arg)}` : fn),
    given: given !== ''
  }
}

/** The last part of a path, to tell `mean` of two fields apart. */
const lastPart = (field: string): string => /([^.[\]"']+)["'\]]*$/.exec(field)?.[1] ?? 'payload'

/** Gives each row its own name. @throws ConfigError where two stay equal or a name is taken */
function named(rows: (AggregateRow & { given: boolean })[], name: string): AggregateRow[] {
  const shared = (as: string): boolean => rows.filter(row => row.as === as).length > 1
  const result = rows.map(({ given, ...row }) =>
    !given && shared(row.as) ? { ...row, as: `${row.as}_${lastPart(row.field)}` } : row
  )
  const seen = new Set<string>()
  for (const [i, { as }] of result.entries()) {
    if (reserved.has(as))
      throw new ConfigError(`${name}[${i}].as`, `must not be one of ${[...reserved].join(', ')}`, as)
    if (seen.has(as)) throw new ConfigError(`${name}[${i}].as`, 'must be different in each row', as)
    seen.add(as)
  }
  return result
}

/**
 * The list of aggregates. An empty list is one row of each of `otherwise`; a single row without a name gives the bare
 * value.
 */
export function aggregateRows(otherwise: readonly string[]): Field<AggregateRow[]> {
  return {
    default: [],
    read(raw, name) {
      if (raw !== undefined && raw !== null && raw !== '' && !Array.isArray(raw))
        throw new ConfigError(name, 'must be a list', raw)
      const list = Array.isArray(raw) && raw.length > 0 ? (raw as unknown[]) : otherwise.map(fn => ({ fn }))
      const rows = list.map((row, i) => toRow(row, `${name}[${i}]`))
      if (rows.length === 1 && !rows[0].given) {
        const { given: _, ...row } = rows[0]
        return [{ ...row, as: '' }]
      }
      return named(rows, name)
    }
  }
}
