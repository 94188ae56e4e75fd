import type { Stage } from './node'
import type { Place } from './place'
import type { Code, Frame } from './scope'
import { isNumber, isNumbers, isTrue } from './types'
import { emptySequence, isArray, sequenceOf } from './values'

/** Keeps some items of what was found. */
export type Filter = (found: unknown, frame: Frame) => unknown

/** A predicate in brackets: a position, positions, or a condition on each item. */
export function filter(stage: Stage, place: Place): Filter {
  const { type, value } = stage.expr
  return type === 'number' ? byPosition(Math.floor(value as number)) : byCondition(place.code(stage.expr))
}

export const itemsOf = (found: unknown): unknown[] => (isArray(found) ? found : sequenceOf(found))

/** One item, counted from the end where negative. */
function byPosition(position: number): Filter {
  return found => {
    const items = itemsOf(found)
    const item = items[position < 0 ? items.length + position : position]
    if (isArray(item)) return item
    return item === undefined ? emptySequence() : sequenceOf(item)
  }
}

/** How often an item is kept: by what the predicate gives for it. */
export function timesKept(verdict: unknown, position: number, count: number): number {
  if (verdict === true) return 1
  if (verdict === false || verdict === undefined) return 0
  const positions = isNumber(verdict) ? [verdict] : verdict
  if (!isNumbers(positions)) return isTrue(verdict) ? 1 : 0
  let times = 0
  for (const one of positions) {
    const floor = Math.floor(one)
    if ((floor < 0 ? count + floor : floor) === position) times++
  }
  return times
}

function byCondition(condition: Code): Filter {
  return (found, frame) => {
    const items = itemsOf(found)
    const kept = emptySequence()
    for (let i = 0; i < items.length; i++) {
      const times = timesKept(condition(items[i], frame), i, items.length)
      for (let n = 0; n < times; n++) kept.push(items[i])
    }
    return kept
  }
}
