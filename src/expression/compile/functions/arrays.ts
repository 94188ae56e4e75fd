import { fail } from '../errors'
import { invoke } from '../callable'
import { mergeSort } from '../sorting'
import { equals, isNumbers, isStrings } from '../types'
import { append, emptySequence, isArray, isSequence } from '../values'
import { type Builtin, builtin, ofDefined } from './builtin'

function reverse(items: readonly unknown[]): readonly unknown[] {
  return items.length <= 1 ? items : items.slice().reverse()
}

function distinct(items: unknown): unknown {
  if (!isArray(items) || items.length <= 1) return items
  const found: unknown[] = isSequence(items) ? emptySequence() : []
  for (const item of items) if (!found.some(known => equals(item, known))) found.push(item)
  return found
}

function shuffle(items: readonly unknown[]): readonly unknown[] {
  if (items.length <= 1) return items
  const mixed = items.slice()
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1))
    ;[mixed[last], mixed[other]] = [mixed[other], mixed[last]]
  }
  return mixed
}

function zip(lists: readonly unknown[]): unknown[] {
  const length = Math.min(...lists.map(list => (isArray(list) ? list.length : 0)))
  return Array.from({ length }, (_, i) => lists.map(list => (list as unknown[])[i]))
}

function sort(items: unknown[], isAfter: unknown): unknown {
  if (items.length <= 1) return items
  if (isAfter === undefined) {
    if (!isNumbers(items) && !isStrings(items)) fail('D3070', { index: 1 })
    return mergeSort(items as number[], (left, right) => left > right)
  }
  if ((isAfter as { kind: string }).kind !== 'argument') throw new TypeError('comp is not a function')
  return mergeSort(items, (left, right) => invoke(isAfter, left, right))
}

export const arrays: Record<string, Builtin> = {
  count: builtin('<a:n>', 1, (items?: readonly unknown[]) => (items === undefined ? 0 : items.length)),
  append: builtin('<xx:a>', 2, append, true),
  reverse: ofDefined('<a:a>', 1, reverse),
  distinct: ofDefined('<x:x>', 1, distinct),
  shuffle: ofDefined('<a:a>', 1, shuffle),
  sort: ofDefined('<af?:a>', 2, sort),
  zip: { signature: '<a+>', arity: 0, run: zip }
}
