import { ConfigError } from '../errors'
import { parseDuration } from '../time/duration'
import { isTimezone } from '../time/zone'

/** A node's configuration as it was saved. */
export type RawConfig = Readonly<Record<string, unknown>>

/** One field of a node: what a new node has there, and how its saved value is read. */
export interface Field<T> {
  default: unknown
  /** @throws ConfigError naming the field `name` */
  read(raw: unknown, name: string): T
}

export type Fields = Readonly<Record<string, Field<unknown>>>

/** What reading a set of fields gives. */
export type ConfigOf<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never }

const isEmpty = (raw: unknown): boolean =>
  raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '')

/** A field that may be empty: `undefined` then. An absent field of an older flow has its default. */
function optional<T>(fallback: unknown, read: (raw: unknown, name: string) => T): Field<T | undefined> {
  return { default: fallback, read: (raw, name) => (isEmpty(raw) ? undefined : read(raw, name)) }
}

/**
 * Reads a text as it is.
 * @throws ConfigError for the name of an environment variable: Node-RED has put the value in its place where there is one
 */
export function toText(raw: unknown, name: string): string {
  const text = String(raw)
  if (/^\$\{[a-z_]\w*\}$/i.test(text)) throw new ConfigError(name, 'must be an environment variable that is set', text)
  return text
}

/** Text as it is; absent: the default. */
export function text(fallback: string): Field<string> {
  return {
    default: fallback,
    read: (raw, name) => (raw === undefined || raw === null ? fallback : toText(raw, name))
  }
}

/** true or false, also as text. */
export function flag(fallback: boolean): Field<boolean> {
  return {
    default: fallback,
    read(raw, name) {
      if (isEmpty(raw)) return fallback
      if (raw === true || raw === 'true') return true
      if (raw === false || raw === 'false') return false
      throw new ConfigError(name, 'must be true or false', raw)
    }
  }
}

/** One of some words. */
export function choice<const T extends string>(words: readonly T[], fallback: T): Field<T> {
  return {
    default: fallback,
    read(raw, name) {
      if (isEmpty(raw)) return fallback
      const word = words.find(word => word === raw)
      if (word === undefined) throw new ConfigError(name, `must be one of ${words.join(', ')}`, raw)
      return word
    }
  }
}

function toFinite(raw: unknown, name: string): number {
  const value = typeof raw === 'string' ? Number(raw) : raw
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new ConfigError(name, 'must be a number', raw)
  return value
}

/** Reads a whole number from 1. @throws ConfigError */
export function toCount(raw: unknown, name: string): number {
  const value = typeof raw === 'string' ? Number(raw) : raw
  if (!Number.isSafeInteger(value) || (value as number) < 1)
    throw new ConfigError(name, 'must be a whole number from 1', raw)
  return value as number
}

/** A number; empty = `undefined`. */
export const optionalNumber = (): Field<number | undefined> => optional('', toFinite)

/** A whole number from 1. */
export const count = (fallback: number): Field<number> => ({
  default: fallback,
  read: (raw, name) => (isEmpty(raw) ? fallback : toCount(raw, name))
})

/** A whole number from 1; empty = `undefined`. */
export const optionalCount = (): Field<number | undefined> => optional('', toCount)

/** Reads a duration in ms: not negative, unless `signed`. @throws ConfigError */
export function toDuration(raw: unknown, name: string, signed = false): number {
  const ms = typeof raw === 'string' || typeof raw === 'number' ? parseDuration(raw) : undefined
  if (ms === undefined) throw new ConfigError(name, 'must be a duration such as 500ms, 10s, 5m, 2h or 1d', raw)
  if (!signed && ms < 0) throw new ConfigError(name, 'must not be negative', raw)
  return ms
}

/** A duration in ms; empty = `undefined`. */
export const duration = (fallback: string): Field<number | undefined> =>
  optional(fallback, (raw, name) => toDuration(raw, name))

/** A duration in ms, more than 0; empty = `undefined`. */
export const someDuration = (fallback: string): Field<number | undefined> =>
  optional(fallback, (raw, name) => needed(toDuration(raw, name), name))

/** A duration in ms, more than 0. */
export const positiveDuration = (fallback: string): Field<number> => ({
  default: fallback,
  read: (raw, name) => needed(toDuration(isEmpty(raw) ? fallback : raw, name), name)
})

/** A duration in ms that may be negative; empty = `undefined`. */
export const signedDuration = (fallback: string): Field<number | undefined> =>
  optional(fallback, (raw, name) => toDuration(raw, name, true))

/** An IANA time zone; empty = `undefined`. */
export const timezone = (): Field<string | undefined> =>
  optional('', (raw, name) => {
    if (typeof raw !== 'string' || !isTimezone(raw)) throw new ConfigError(name, 'must be an IANA time zone', raw)
    return raw
  })

/** A value that a mode needs, with words when it is missing or zero. @throws ConfigError */
export function needed(value: number | undefined, name: string): number {
  if (value === undefined || value === 0) throw new ConfigError(name, 'must be more than 0', value ?? '')
  return value
}

/** Reads all fields of a saved configuration. @throws ConfigError for the first that is wrong */
export function readConfig<F extends Fields>(fields: F, raw: RawConfig): ConfigOf<F> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const saved = raw[name]
      return [name, field.read(saved === undefined ? field.default : saved, name)]
    })
  ) as ConfigOf<F>
}
