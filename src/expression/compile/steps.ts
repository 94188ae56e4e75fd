import { filter, type Filter } from './filter'
import type { Node } from './node'
import type { Place } from './place'
import type { Code, Frame } from './scope'
import { sorting } from './sorting'
import { emptySequence, isArray, isSequence, type Sequence, sequenceOf } from './values'

/** What a step makes of all items that the steps before it found. */
export type Step = (items: ArrayLike<unknown>, frame: Frame) => unknown

/** One step after the other, until nothing is found; an input that is an array is many items, but for an absolute path. */
export function stepByStep(steps: readonly Step[], isAbsolute: boolean): Code {
  return (input, frame) => {
    let found: unknown = isArray(input) && !isAbsolute ? input : sequenceOf(input)
    for (const step of steps) {
      found = step(found as Sequence, frame)
      if (found === undefined || (found as Sequence).length === 0) break
    }
    return found
  }
}

/** A step of a path: what it finds in each item, arrays flattened. */
export function pathStep(step: Node, isFirst: boolean, isLast: boolean, place: Place): Step {
  // an array constructor at the start is made once, not for each item of the input
  if (isFirst && step.consarray) return place.code(step)
  const filters = (step.stages ?? []).map(stage => filter(stage, place))
  if (step.type === 'sort') return filtered(sorting(step, place), filters)
  const code = place.code(step)
  return (items, frame) => {
    const found: unknown[] = []
    for (let i = 0; i < items.length; i++) {
      let value = code(items[i], frame)
      for (const keep of filters) value = keep(value, frame)
      if (value !== undefined) found.push(value)
    }
    return isLast ? lastFound(found) : flatten(found)
  }
}

function filtered(step: Step, filters: readonly Filter[]): Step {
  return (items, frame) => {
    let found = step(items, frame)
    for (const keep of filters) found = keep(found, frame)
    return found
  }
}

/** The only array that the last step found in the data is the result as it stands. */
function lastFound(found: readonly unknown[]): unknown {
  const [first] = found
  return found.length === 1 && isArray(first) && !isSequence(first) ? first : flatten(found)
}

/** The items of what was found, arrays one level deep. */
function flatten(found: readonly unknown[]): Sequence {
  const items = emptySequence()
  for (const value of found) {
    if (!isArray(value) || value.cons) items.push(value)
    else for (const item of value) items.push(item)
  }
  return items
}
