import { deepest, isPlain } from './plain'

/**
 * A copy of plain objects, arrays, dates and buffers, all the way down; everything else (requests, sockets), circles,
 * what is nested too deeply and what has a getter that throws are shared. So whoever gets a message may change it, and
 * nobody else's, nor what is kept, is changed. Never throws.
 */
export function copy<T>(value: T, ancestors: readonly object[] = []): T {
  if (typeof value !== 'object' || value === null || ancestors.length >= deepest) return value
  try {
    return copyOf(value, ancestors) as T
  } catch {
    return value
  }
}

function copyOf(value: object, ancestors: readonly object[]): unknown {
  const isList = Array.isArray(value)
  if (!isList && !isPlain(value)) return copyOfInstance(value)
  let inside: object[] | undefined
  const inner = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part
    inside ??= [...ancestors, value]
    return inside.includes(part) ? part : copy(part, inside)
  }
  if (isList) return value.map(inner)
  const result = { ...value } as Record<string, unknown>
  for (const name in result) {
    const part = result[name]
    if (typeof part === 'object') result[name] = inner(part)
  }
  return result
}

function copyOfInstance(value: object): object {
  if (value instanceof Date) return new Date(value)
  return Buffer.isBuffer(value) ? Buffer.from(value) : value
}
