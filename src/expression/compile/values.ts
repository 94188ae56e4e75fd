import { own } from '../own'

/** An array that JSONata made: a result that is nothing where empty and an item where single. */
export interface Sequence extends Array<unknown> {
  sequence?: boolean
  /** Stays an array with a single item. */
  keepSingleton?: boolean
  /** Holds an input document that is an array itself. */
  outerWrapper?: boolean
  /** Written as `[...]` in a path: not flattened. */
  cons?: boolean
  /** Its items are bindings by name. */
  tupleStream?: boolean
}

export function emptySequence(): Sequence {
  const items: Sequence = []
  items.sequence = true
  return items
}

export function sequenceOf(item: unknown): Sequence {
  const items: Sequence = [item]
  items.sequence = true
  return items
}

export const isArray: (value: unknown) => value is Sequence = Array.isArray
export const isFunction = (value: unknown): boolean => typeof value === 'function'
export const isSequence = (value: unknown): value is Sequence => isArray(value) && value.sequence === true

/** What an expression gives for the sequence it found: nothing, the item, or all. */
export function result(value: unknown): unknown {
  if (!isArray(value) || value.sequence !== true || value.tupleStream) return value
  if (value.length === 0) return undefined
  return value.length === 1 && !value.keepSingleton ? value[0] : value
}

/** As `result`, where `[]` stands behind the expression. */
export function arrayResult(value: unknown): unknown {
  if (isSequence(value) && !value.tupleStream) value.keepSingleton = true
  return result(value)
}

/** What a path with `[]` found: a single result stays an array. Arrays of the input are copied, not marked. */
export function keptArray(found: unknown): unknown {
  let kept = found as Sequence
  if (isArray(found) && !found.sequence) kept = found.cons ? sequenceOf(found) : found.slice()
  kept.keepSingleton = true
  return kept
}

/** The property of an object, or those of all objects in an array. */
export function lookup(input: unknown, name: string): unknown {
  if (!isArray(input)) return own(input, name)
  const found = emptySequence()
  for (const item of input) {
    const value = lookup(item, name)
    if (isArray(value)) for (const member of value) found.push(member)
    else if (value !== undefined) found.push(value)
  }
  return found
}

/** Sets a property of an object that was made here, whatever its name: `__proto__` is data like any other. */
export function setOwn(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
  } else object[name] = value
}

/** Both as one array; nothing adds nothing. */
export function append(left: unknown, right: unknown): unknown {
  if (left === undefined) return right
  if (right === undefined) return left
  return (isArray(left) ? left : [left]).concat(isArray(right) ? right : [right])
}

export const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : []
