/**
 * Is it data, and no instance of a class (a date, a buffer, a request)? The objects of a function node have an
 * `Object.prototype` of their own, so it is told by its having none above it.
 */
export function isPlain(object: object): boolean {
  const prototype = Object.getPrototypeOf(object) as object | null
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Data that is nested more deeply than this, in levels, is neither copied nor saved: the stack has an end. */
export const deepest = 1000

/**
 * A copy of a value that holds nothing but JSON data, for a snapshot: objects and arrays are copied, dates and buffers
 * become what their `toJSON` says, functions and other things that only live in a process (sockets, requests) are left
 * out, and so are an object inside itself, what is nested too deeply and what has a getter that throws. Never throws.
 */
export function toPlain(value: unknown, ancestors: readonly object[] = []): unknown {
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (ancestors.length >= deepest || ancestors.includes(value)) return undefined
  try {
    return plainOf(value, [...ancestors, value])
  } catch {
    return undefined
  }
}

function plainOf(value: object, inside: readonly object[]): unknown {
  if (Array.isArray(value)) return value.map(element => toPlain(element, inside) ?? null)
  if (!isPlain(value)) {
    const { toJSON } = value as { toJSON?: unknown }
    return typeof toJSON === 'function' ? toPlain(toJSON.call(value), inside) : undefined
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toPlain(part, inside)]))
}
