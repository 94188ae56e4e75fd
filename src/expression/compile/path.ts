import { fieldPath } from './field-path'
import { grouping } from './grouping'
import type { Node } from './node'
import type { Place } from './place'
import type { Code } from './scope'
import { pathStep, stepByStep } from './steps'
import { tuplePath } from './tuples'
import { keptArray, result } from './values'

/** Steps from the input to values in it: `a.b[0].(c + d)`. */
export function path(node: Node, place: Place): Code {
  const steps = node.steps as Node[]
  if (node.tuple || steps.some(step => step.tuple)) return tuplePath(node, place)
  const isAbsolute = steps[0].type === 'variable'
  const walk = stepByStep(
    steps.map((step, i) => pathStep(step, i === 0, i === steps.length - 1, place)),
    isAbsolute
  )
  const kept = node.keepSingletonArray ? keepArray(walk) : walk
  if (node.group) return grouping(node.group, kept, place)
  if (node.keepArray) return kept
  const short = node.keepSingletonArray ? undefined : fieldPath(steps, place, walk)
  return short ?? ((input, frame) => result(kept(input, frame)))
}

/** `[]` somewhere in a path. */
function keepArray(walk: Code): Code {
  return (input, frame) => keptArray(walk(input, frame))
}
