import { isLess, type Key } from './value-key'

/** How often a value was there. */
export interface Count {
  key: Key
  n: number
}

/** The more frequent first, of equals the smaller value. */
export const isAhead = (a: Count, b: Count): boolean => a.n > b.n || (a.n === b.n && isLess(a.key, b.key))

/** Adds to a binary heap, whose first element is ahead of all others. */
export function push(heap: Count[], count: Count): void {
  let i = heap.push(count) - 1
  while (i > 0) {
    const parent = (i - 1) >> 1
    if (!isAhead(count, heap[parent])) break
    heap[i] = heap[parent]
    i = parent
  }
  heap[i] = count
}

/** Takes out the first element; there must be one. */
export function pop(heap: Count[]): void {
  const count = heap.pop() as Count
  if (heap.length === 0) return
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isAhead(heap[child + 1], heap[child])) child++
    if (!isAhead(heap[child], count)) break
    heap[i] = heap[child]
    i = child
  }
  heap[i] = count
}
