import type { Accumulation, Sighting } from '../../aggregate'
import type { Timestamp } from '../../record'
import { addExactly, type ExactSum, hasNotOverflowed, rounded } from './exact-sum'

/** Values in order, with times and arrivals beside them; those before `head` were taken out. */
export interface Ordered {
  times: Timestamp[]
  arrivals: number[]
  values: unknown[]
  head: number
  /** Sums over all neighbours that were asked for once: from then on they follow each change. */
  sums: Map<Step, ExactSum>
}

/** What lies between the value at `i` and the next. */
type Step = (list: Ordered, i: number) => number

type SavedOrdered = Pick<Ordered, 'times' | 'arrivals' | 'values'>

/** Does a value with the first time and arrival come before one with the second? */
type Order = (time: Timestamp, arrival: number, otherTime: Timestamp, otherArrival: number) => boolean

const create = (): Ordered => ({ times: [], arrivals: [], values: [], head: 0, sums: new Map() })

/** The step from `i` to the next, if there is one, goes into the sums or leaves them. */
function count(list: Ordered, i: number, sign: 1 | -1): void {
  if (list.sums.size === 0 || i < list.head || i + 1 >= list.values.length) return
  for (const [step, sum] of list.sums) {
    addExactly(sum, sign * step(list, i))
    // an overflow cannot be taken back
    if (!hasNotOverflowed(sum)) list.sums.delete(step)
  }
}

function insert(list: Ordered, at: number, time: Timestamp, arrival: number, value: unknown): void {
  const { times, arrivals, values } = list
  count(list, at - 1, -1)
  if (at === times.length) {
    times.push(time)
    arrivals.push(arrival)
    values.push(value)
  } else {
    times.splice(at, 0, time)
    arrivals.splice(at, 0, arrival)
    values.splice(at, 0, value)
  }
  count(list, at - 1, 1)
  count(list, at, 1)
}

function cut({ times, arrivals, values }: Ordered, at: number, length: number): void {
  times.splice(at, length)
  arrivals.splice(at, length)
  values.splice(at, length)
}

/** Leaves the first value behind. Space is given back once half of it is unused: a queue in constant time. */
function shift(list: Ordered): void {
  // 0 lets go of an object as null does, but leaves an array of doubles one
  list.values[list.head++] = 0
  if (list.head < 32 || 2 * list.head < list.times.length) return
  cut(list, 0, list.head)
  list.head = 0
}

function take(list: Ordered, at: number): void {
  count(list, at - 1, -1)
  count(list, at, -1)
  if (at === list.head) return shift(list)
  cut(list, at, 1)
  count(list, at - 1, 1)
}

/** All values in an order that values enter mostly at the end and leave mostly at the beginning. */
export function inOrder(isBefore: Order): Accumulation<Ordered, unknown> {
  const isEntryBefore = ({ times, arrivals }: Ordered, i: number, time: Timestamp, arrival: number): boolean =>
    isBefore(times[i], arrivals[i], time, arrival)

  /** Where a value belongs: behind all that come before it. */
  function placeOf(list: Ordered, time: Timestamp, arrival: number): number {
    let high = list.times.length
    if (high === list.head || isEntryBefore(list, high - 1, time, arrival)) return high
    let low = list.head
    while (low < high) {
      const middle = (low + high) >> 1
      if (isEntryBefore(list, middle, time, arrival)) low = middle + 1
      else high = middle
    }
    return low
  }

  function add(into: Ordered, value: unknown, time: Timestamp, arrival: number): void {
    insert(into, placeOf(into, time, arrival), time, arrival, value)
  }

  function remove(from: Ordered, _value: unknown, time: Timestamp, arrival: number): void {
    const at = placeOf(from, time, arrival)
    if (from.arrivals[at] === arrival) take(from, at)
  }

  return {
    create,
    add,
    merge(into, other) {
      const { times, arrivals, head } = other
      if (head === times.length) return
      // what comes after the first of the other list is laid aside, so that each list is read once
      const at = placeOf(into, times[head], arrivals[head])
      const tail = {
        ...into,
        times: into.times.slice(at),
        arrivals: into.arrivals.slice(at),
        values: into.values.slice(at)
      }
      if (tail.times.length > 0) {
        into.sums.clear()
        cut(into, at, tail.times.length)
      }
      const append = (from: Ordered, i: number): void =>
        insert(into, into.times.length, from.times[i], from.arrivals[i], from.values[i])
      let i = head
      tail.times.forEach((time, t) => {
        while (i < times.length && isEntryBefore(other, i, time, tail.arrivals[t])) append(other, i++)
        append(tail, t)
      })
      while (i < times.length) append(other, i++)
    },
    remove,
    removeAll(from, { times, arrivals, head }) {
      for (let i = head; i < times.length; i++) remove(from, null, times[i], arrivals[i])
    },
    latest: (list): Sighting | null => {
      const i = list.times.length - 1
      return i < list.head ? null : { value: list.values[i], time: list.times[i], arrival: list.arrivals[i] }
    },
    holds: true,
    save: ({ times, arrivals, values, head }): SavedOrdered => ({
      times: times.slice(head),
      arrivals: arrivals.slice(head),
      values: values.slice(head)
    }),
    load: saved => ({ ...create(), ...structuredClone(saved as SavedOrdered) })
  }
}

/** By event time, ties by arrival. */
export const byTime = inOrder((time, arrival, otherTime, otherArrival) =>
  time === otherTime ? arrival < otherArrival : time < otherTime
)

/** By arrival. */
export const byArrival = inOrder((_time, arrival, _otherTime, otherArrival) => arrival < otherArrival)

/** Sum over all neighbours, the nearest double of the exact sum. */
export function sumOfSteps(list: Ordered, step: Step): number {
  const known = list.sums.get(step)
  if (known !== undefined) return rounded(known)
  const sum: ExactSum = []
  for (let i = list.head; i + 1 < list.values.length; i++) addExactly(sum, step(list, i))
  if (hasNotOverflowed(sum)) list.sums.set(step, sum)
  return rounded(sum)
}
