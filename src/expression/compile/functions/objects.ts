import { ExpressionError } from '../errors'
import { isNumber } from '../types'
import { append, emptySequence, isArray, isFunction, keysOf, lookup, type Sequence, setOwn } from '../values'
import { type Builtin, builtin, ofDefined } from './builtin'

/** The names of an object's properties, or of those of all objects in an array. */
function keys(value: unknown): Sequence {
  const names = emptySequence()
  if (isArray(value)) {
    const all = Object.create(null) as Record<string, boolean>
    for (const item of value) for (const name of keys(item)) all[name as string] = true
    names.push(...Object.keys(all))
  } else names.push(...keysOf(value))
  return names
}

/** An object for each property. */
function spread(value: unknown): unknown {
  if (isArray(value)) {
    return value.reduce<unknown>((found, item) => append(found, spread(item)), emptySequence())
  }
  if (value === null || typeof value !== 'object') return value
  const objects = emptySequence()
  for (const [name, content] of Object.entries(value)) {
    const object = {}
    setOwn(object, name, content)
    objects.push(object)
  }
  return objects
}

function merge(objects: readonly object[]): object {
  const merged = {}
  for (const object of objects) for (const [name, value] of Object.entries(object)) setOwn(merged, name, value)
  return merged
}

function type(value: unknown): string {
  if (value === null) return 'null'
  if (isNumber(value)) return 'number'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'boolean'
  if (isArray(value)) return 'array'
  return isFunction(value) ? 'function' : 'object'
}

function error(message?: string): never {
  throw new ExpressionError('D3137', { message: message || '$error was called' })
}

function assert(condition: unknown, message?: string): void {
  if (!condition) throw new ExpressionError('D3141', { message: message || '$assert found a false condition' })
}

export const objects: Record<string, Builtin> = {
  keys: builtin('<x-:a<s>>', 1, keys),
  lookup: builtin('<x-s:x>', 2, lookup, true),
  spread: builtin('<x-:a<o>>', 1, spread),
  merge: ofDefined('<a<o>:o>', 1, merge),
  type: ofDefined('<x:s>', 1, type),
  error: builtin('<s?:x>', 1, error),
  assert: builtin('<bs?:x>', 2, assert)
}
