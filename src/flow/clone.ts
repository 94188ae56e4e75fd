/** A deep copy of plain objects and arrays; everything else (dates, buffers, functions, sockets) is shared. */
export function clone<T>(value: T): T {
  if (Array.isArray(value)) return value.map(clone) as T
  if (typeof value !== 'object' || value === null) return value
  const prototype = Object.getPrototypeOf(value) as unknown
  if (prototype !== Object.prototype && prototype !== null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, clone(part as unknown)])) as T
}
