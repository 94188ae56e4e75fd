import { isPlain } from './plain'

/**
 * A copy of plain objects and arrays, all the way down; everything else (dates, buffers, requests) and circles are
 * shared. So whoever gets a message may change it, and nobody else's, nor what is kept, is changed.
 */
export function copy<T>(value: T, ancestors: readonly object[] = []): T {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value) && !isPlain(value)) return value
  let inside: object[] | undefined
  const inner = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part
    inside ??= [...ancestors, value]
    return inside.includes(part) ? part : copy(part, inside)
  }
  if (Array.isArray(value)) return value.map(inner) as T
  const result = { ...value } as Record<string, unknown>
  for (const name in result) {
    const part = result[name]
    if (typeof part === 'object') result[name] = inner(part)
  }
  return result as T
}
