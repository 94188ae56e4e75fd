import { fail } from './errors'
import { boundNames, type Group, type Node, Unsupported } from './node'
import type { Place } from './place'
import type { Code, Frame } from './scope'
import { append, isArray, setOwn } from './values'

type Made = Record<string, unknown>

/** Names that JSONata keeps for the functions it holds as objects. */
const reserved = ['_jsonata_lambda', '_jsonata_function']

/** The items of one key, and which pair of the constructor made the key. */
interface Entry {
  items: unknown
  pair: number
}

/** The entries by key, in the order of an object's properties. */
export function groupBy<Item>(
  items: readonly Item[],
  pairs: number,
  keyOf: (item: Item, pair: number) => unknown,
  position?: number
): [string, Entry][] {
  const groups = Object.create(null) as Record<string, Entry>
  for (const item of items) {
    for (let pair = 0; pair < pairs; pair++) {
      const key = keyOf(item, pair)
      if (key === undefined) continue
      if (typeof key !== 'string') fail('T1003', { position, value: key })
      if (reserved.includes(key)) fail('D1013', { position, value: key })
      const entry = groups[key] as Entry | undefined
      if (entry === undefined) groups[key] = { items: item, pair }
      else if (entry.pair !== pair) fail('D1009', { position, value: key })
      else entry.items = append(entry.items, item)
    }
  }
  return Object.entries(groups)
}

/** The evaluator starts the values of a constructor side by side: there it matters who sets a variable first. */
export function refuseBinds(nodes: readonly Node[]): void {
  if (nodes.some(node => boundNames(node).size > 0)) {
    throw new Unsupported('a variable that is set inside a constructor is left to the evaluator')
  }
}

/** `items{key: value}`: an object with a property for each key, made of all items that have it. */
export function grouping({ lhs, position }: Group, source: Code, place: Place): Code {
  refuseBinds(lhs.map(([, value]) => value))
  const keys = lhs.map(([key]) => place.code(key))
  const values = lhs.map(([, value]) => place.code(value))
  return (input, frame) => {
    const found = source(input, frame)
    const items: unknown[] = !isArray(found) ? [found] : found.length === 0 ? [undefined] : found
    const entries = groupBy(items, keys.length, (item, pair) => keys[pair](item, frame), position)
    const made: Made = {}
    for (const [key, { items, pair }] of entries) {
      const value = values[pair](items, frame)
      if (value !== undefined) setOwn(made, key, value)
    }
    return made
  }
}

/** `{"key": value}`: grouping of the input, short where the keys are constants. */
export function objectConstructor(node: Node, place: Place): Code {
  const group: Group = { lhs: node.lhs as unknown as Group['lhs'], position: node.position }
  const general = grouping(group, input => input, place)
  const names = group.lhs.map(([key]) => (key.type === 'string' && !key.predicate ? (key.value as string) : undefined))
  if (!areOrdered(names)) return general
  const values = group.lhs.map(([, value]) => place.code(value))
  return (input, frame) => (isArray(input) ? general(input, frame) : construct(names, values, input, frame))
}

/** Are all names known, different, and the order of their properties the order they are written in? */
function areOrdered(names: readonly (string | undefined)[]): names is readonly string[] {
  if (names.some(name => name === undefined || name === '__proto__' || reserved.includes(name))) return false
  const ordered = Object.keys(Object.fromEntries(names.map(name => [String(name), true])))
  return ordered.length === names.length && ordered.every((name, i) => name === names[i])
}

function construct(names: readonly string[], values: readonly Code[], input: unknown, frame: Frame): Made {
  const made: Made = {}
  for (let i = 0; i < names.length; i++) {
    const value = values[i](input, frame)
    if (value !== undefined) made[names[i]] = value
  }
  return made
}

/** `[a, b]`: what is found is put in a row, a constructor within stays an array of its own. */
export function arrayConstructor(node: Node, place: Place): Code {
  const items = node.expressions as Node[]
  if (items.length > 1) refuseBinds(items)
  const codes = items.map(item => place.code(item))
  const isNested = items.map(({ value }) => value === '[')
  return (input, frame) => {
    const made: unknown[] = []
    for (let i = 0; i < codes.length; i++) {
      const value = codes[i](input, frame)
      if (value === undefined) continue
      if (isNested[i] || !isArray(value)) made.push(value)
      else for (const item of value) made.push(item)
    }
    if (node.consarray) Object.defineProperty(made, 'cons', { value: true })
    return made
  }
}
