import type { Code } from './scope'
import { emptySequence, isArray, keysOf } from './values'

/** `*`: the values of all properties, arrays flattened. */
export const wildcard: Code = input => {
  const found = emptySequence()
  const object: unknown = isArray(input) && input.outerWrapper && input.length > 0 ? input[0] : input
  let isPlain = false
  for (const name of keysOf(object)) {
    const value = (object as Record<string, unknown>)[name]
    if (isArray(value)) {
      // as the evaluator appends: a copy, which is a sequence no more
      isPlain = true
      flatten(value, found)
    } else found.push(value)
  }
  return isPlain ? found.slice() : found
}

function flatten(value: unknown, into: unknown[]): void {
  if (isArray(value)) value.forEach(item => flatten(item, into))
  else into.push(value)
}

/** `**`: the input and all values in it, at any depth. */
export const descendants: Code = input => {
  if (input === undefined) return undefined
  const found = emptySequence()
  descend(input, found)
  return found.length === 1 ? found[0] : found
}

function descend(value: unknown, found: unknown[]): void {
  if (isArray(value)) {
    value.forEach(item => descend(item, found))
    return
  }
  found.push(value)
  for (const name of keysOf(value)) descend((value as Record<string, unknown>)[name], found)
}
