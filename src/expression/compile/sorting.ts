import { fail } from './errors'
import type { Node, Term } from './node'
import type { Place } from './place'
import type { Code, Frame } from './scope'
import { isArray } from './values'

/** The merge sort of JSONata: stable, and comparing in its order. `isAfter` tells whether two items change places. */
export function mergeSort<Item>(
  items: readonly Item[],
  isAfter: (left: Item, right: Item) => unknown
): readonly Item[] {
  if (items.length <= 1) return items
  const middle = Math.floor(items.length / 2)
  const left = mergeSort(items.slice(0, middle), isAfter)
  const right = mergeSort(items.slice(middle), isAfter)
  const sorted: Item[] = []
  let l = 0
  let r = 0
  while (l < left.length && r < right.length) sorted.push(isAfter(left[l], right[r]) ? right[r++] : left[l++])
  while (l < left.length) sorted.push(left[l++])
  while (r < right.length) sorted.push(right[r++])
  return sorted
}

type Compare = (left: unknown, right: unknown) => number

/** Numbers and strings by value, what is missing last whatever the direction. */
function comparison(isDescending: boolean, position?: number): Compare {
  const isOrdered = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number'
  return (left, right) => {
    if (left === undefined) return right === undefined ? 0 : 1
    if (right === undefined) return -1
    if (!isOrdered(left) || !isOrdered(right)) fail('T2008', { position, value: isOrdered(left) ? right : left })
    if (typeof left !== typeof right) fail('T2007', { position, value: left, value2: right })
    if (left === right) return 0
    return (left as number) < (right as number) === isDescending ? 1 : -1
  }
}

interface Order {
  read: Code
  compare: Compare
}

function orders(step: Node, place: Place): Order[] {
  return (step.terms as Term[]).map(({ expression, descending }) => ({
    read: place.code(expression),
    compare: comparison(descending, step.position)
  }))
}

/** Reads a term of an item. */
type ReadTerm = (code: Code, item: unknown, frame: Frame) => unknown

const ofItem: ReadTerm = (code, item, frame) => code(item, frame)

/** `^(a, >b)`: puts items in the order of its terms. */
export function sorting(
  step: Node,
  place: Place
): (items: ArrayLike<unknown>, frame: Frame, readTerm?: ReadTerm) => unknown {
  const terms = orders(step, place)
  return (items, frame, readTerm = ofItem) => {
    if (!isArray(items) || items.length <= 1) return items
    return mergeSort(items, (left, right) => {
      for (const { read, compare } of terms) {
        const order = compare(readTerm(read, left, frame), readTerm(read, right, frame))
        if (order !== 0) return order === 1
      }
      return false
    })
  }
}
