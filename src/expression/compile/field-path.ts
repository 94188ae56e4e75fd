import { own } from '../own'
import type { Node } from './node'
import type { Place } from './place'
import type { Code } from './scope'
import { isArray, result } from './values'

/**
 * The short way along a path of names, while it meets no array: a read a name. Where it meets one, `walk` takes the
 * path from its start. `undefined` for a path of another kind.
 */
export function fieldPath(steps: readonly Node[], place: Place, walk: Code): Code | undefined {
  const isAbsolute = steps[0].type === 'variable'
  const fields = isAbsolute ? steps.slice(1) : steps
  if (fields.length === 0 || !fields.every(isPlainName)) return undefined
  const names = fields.map(({ value }) => value as string)
  const long: Code = (input, frame) => result(walk(input, frame))
  if (!isAbsolute) return fieldReader(names, long)
  const { predicate, stages, group, keepArray } = steps[0]
  if (predicate || stages || group || keepArray) return undefined
  const head = place.code(steps[0])
  return (input, frame) => {
    const found = readFields(head(input, frame), names)
    return found === arrayMet ? long(input, frame) : found
  }
}

const isPlainName = ({ type, stages, keepArray, predicate, group }: Node): boolean =>
  type === 'name' && !stages && !keepArray && !predicate && !group

/** The usual paths, of one or two names, have functions of their own. */
function fieldReader(names: readonly string[], long: Code): Code {
  const [first, second] = names
  if (names.length === 1) {
    return (input, frame) => {
      const value = isArray(input) ? input : own(input, first)
      return isArray(value) ? long(input, frame) : value
    }
  }
  if (names.length === 2) {
    return (input, frame) => {
      const holder = isArray(input) ? input : own(input, first)
      const value = isArray(holder) ? holder : own(holder, second)
      return isArray(value) ? long(input, frame) : value
    }
  }
  return (input, frame) => {
    const found = readFields(input, names)
    return found === arrayMet ? long(input, frame) : found
  }
}

const arrayMet = Symbol('an array on the way')

function readFields(from: unknown, names: readonly string[]): unknown {
  let value = from
  for (const name of names) {
    if (isArray(value)) return arrayMet
    value = own(value, name)
    if (value === undefined) return undefined
  }
  return isArray(value) ? arrayMet : value
}
