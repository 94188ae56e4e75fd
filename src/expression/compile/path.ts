import { filter, type Filter } from './filter'
import { grouping } from './grouping'
import { fieldPath } from './field-path'
import type { Node } from './node'
import type { Place } from './place'
import type { Code, Frame } from './scope'
import { sorting } from './sorting'
import { tuplePath } from './tuples'
import { emptySequence, isArray, isSequence, result, type Sequence, sequenceOf } from './values'

/** What a step makes of all items that the steps before it found. */
type Step = (items: ArrayLike<unknown>, frame: Frame) => unknown

/** Steps from the input to values in it: `a.b[0].(c + d)`. */
export function path(node: Node, place: Place): Code {
  const steps = node.steps as Node[]
  if (node.tuple || steps.some(step => step.tuple)) return tuplePath(node, place)
  const walk = walkPath(steps, place)
  const kept = node.keepSingletonArray ? keepArray(walk) : walk
  if (node.group) return grouping(node.group, kept, place)
  const short = node.keepSingletonArray ? undefined : fieldPath(steps, place, walk)
  return short ?? ((input, frame) => result(kept(input, frame)))
}

function walkPath(steps: readonly Node[], place: Place): Code {
  const isAbsolute = steps[0].type === 'variable'
  const run = steps.map((step, i) => pathStep(step, i === 0, i === steps.length - 1, place))
  return (input, frame) => {
    let found: unknown = isArray(input) && !isAbsolute ? input : sequenceOf(input)
    for (const step of run) {
      found = step(found as Sequence, frame)
      if (found === undefined || (found as Sequence).length === 0) break
    }
    return found
  }
}

function pathStep(step: Node, isFirst: boolean, isLast: boolean, place: Place): Step {
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

/** `[]` somewhere in a path: a single result stays an array. Arrays of the input are copied, not marked. */
function keepArray(walk: Code): Code {
  return (input, frame) => keptArray(walk(input, frame))
}

export function keptArray(found: unknown): unknown {
  let kept = found as Sequence
  if (isArray(found) && !found.sequence) kept = found.cons ? sequenceOf(found) : found.slice()
  kept.keepSingleton = true
  return kept
}
