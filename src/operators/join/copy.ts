import { isPlain } from '../../state/plain'

/**
 * A copy of plain objects and arrays, all the way down; everything else (dates, buffers, requests) and circles are
 * shared. So two results that stand on one row can be changed without the other, or the row, being changed.
 */
export function copy<T>(value: T, ancestors: readonly object[] = []): T {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value) && !isPlain(value)) return value
  const result = (Array.isArray(value) ? value.slice() : { ...value }) as Record<string, unknown>
  let inside: object[] | undefined
  for (const name in result) {
    const part = result[name]
    if (typeof part !== 'object' || part === null) continue
    inside ??= [...ancestors, value]
    if (!inside.includes(part)) result[name] = copy(part, inside)
  }
  return result as T
}
