import { fieldPath } from './field-path'
import { grouping } from './grouping'
import type { Node } from './node'
import type { Place } from './place'
import type { Code } from './scope'
import { pathStep } from './steps'
import { tuplePath } from './tuples'
import { isArray, keptArray, result, type Sequence, sequenceOf } from './values'

/** Steps from the input to values in it: `a.b[0].(c + d)`. */
export function path(node: Node, place: Place): Code {
  const steps = node.steps as Node[]
  if (node.tuple || steps.some(step => step.tuple)) return tuplePath(node, place)
  const walk = walkPath(steps, place)
  const kept = node.keepSingletonArray ? keepArray(walk) : walk
  if (node.group) return grouping(node.group, kept, place)
  if (node.keepArray) return kept
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

/** `[]` somewhere in a path. */
function keepArray(walk: Code): Code {
  return (input, frame) => keptArray(walk(input, frame))
}
