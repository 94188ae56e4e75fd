/**
 * A copy of a value that holds nothing but JSON data, for a snapshot: objects and arrays are copied, functions and other
 * things that only live in a process (sockets, requests) are left out, dates become their text.
 */
export function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(element => toPlain(element) ?? null)
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  const prototype = Object.getPrototypeOf(value) as unknown
  if (prototype !== Object.prototype && prototype !== null) return undefined
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toPlain(part)]))
}
