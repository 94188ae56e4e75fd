import { groupBy, refuseBinds } from './grouping'
import { type Group, Unsupported } from './node'
import type { Place } from './place'
import type { Frame, Scope } from './scope'
import { type Tuple, tupleFrame, tupleOf } from './tuple'
import { append, isArray, type Sequence, setOwn } from './values'

/** `{key: value}` behind a path of tuples: the items of a key and, name by name, what was bound on the way to them. */
export function tupleGrouping(
  { lhs, position }: Group,
  scope: Scope,
  place: Place
): (found: unknown, frame: Frame) => object {
  // of nothing, evaluators before 2.1 make an error
  if (!place.isRecent) throw new Unsupported('grouping by bindings of a path is left to the evaluator')
  refuseBinds(lhs.map(([, value]) => value))
  const keys = lhs.map(([key]) => place.code(key))
  const values = lhs.map(([, value]) => place.code(value))
  return (found, frame) => {
    const isStream = (found as Sequence | undefined)?.tupleStream === true
    let items: unknown[] = isArray(found) ? found : [found]
    if (items.length === 0 && !isStream) items = [undefined]
    const keyOf = (item: unknown, pair: number): unknown => {
      const tuple = isStream ? (item as Tuple) : undefined
      return keys[pair](tuple ? tuple['@'] : item, tupleFrame(scope, tuple, frame))
    }
    const made = {}
    const entries = groupBy(items, keys.length, keyOf, position).map(([key, { items, pair }]) => {
      if (!isStream) return { key, pair, context: items, tuple: undefined }
      const tuple = merged(items as Tuple | Tuple[])
      const { '@': context } = tuple
      // as the evaluator does: a tuple that makes two groups has no item left in the second
      delete tuple['@']
      return { key, pair, context, tuple }
    })
    for (const { key, pair, context, tuple } of entries) {
      const value = values[pair](context, tupleFrame(scope, tuple, frame))
      if (value !== undefined) setOwn(made, key, value)
    }
    return made
  }
}

function merged(tuples: Tuple | Tuple[]): Tuple {
  if (!Array.isArray(tuples)) return tuples
  const [first, ...others] = tuples
  const all = tupleOf(undefined, first)
  all['@'] = first['@']
  for (const tuple of others) for (const [name, value] of Object.entries(tuple)) all[name] = append(all[name], value)
  return all
}
