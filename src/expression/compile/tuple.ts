import { Frame, type Scope, unbound } from './scope'

/** One item on the way along a path, `@`, and by name what `@`, `#` and `%` hold of the way to it. */
export type Tuple = Record<string, unknown>

export function tupleOf(item: unknown, ...known: readonly Tuple[]): Tuple {
  return Object.assign(Object.create(null) as Tuple, ...known, { '@': item }) as Tuple
}

/** The variables of a tuple; none for an item that is none. */
export function tupleFrame({ names }: Scope, tuple: Tuple | undefined, outer: Frame): Frame {
  const values = names.map(name => (tuple !== undefined && Object.hasOwn(tuple, name) ? tuple[name] : unbound))
  return new Frame(values, outer, outer.run)
}
