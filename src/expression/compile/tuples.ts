import { type Filter, itemsOf, timesKept } from './filter'
import { boundNames, type Group, type Node, type Stage, tupleNames, Unsupported } from './node'
import type { Place } from './place'
import { type Code, type Frame, type Scope, scopeOf } from './scope'
import { sorting } from './sorting'
import { pathStep, stepByStep } from './steps'
import { type Tuple, tupleFrame, tupleOf } from './tuple'
import { tupleGrouping } from './tuple-grouping'
import { emptySequence, isArray, keptArray, result, type Sequence } from './values'

function emptyStream(): Sequence {
  const tuples = emptySequence()
  tuples.tupleStream = true
  return tuples
}

/** A step over tuples; the first makes them of plain items. */
type TupleStep = (tuples: Sequence | undefined, items: readonly unknown[], frame: Frame) => Sequence

/** A path that binds variables on its way (`@$v`, `#$i`) or is asked for what it came through (`%`). */
export function tuplePath(node: Node, place: Place): Code {
  if (boundNames(node).size > 0) throw new Unsupported('a variable that is set in such a path is left to the evaluator')
  const steps = node.steps as Node[]
  const scope = scopeOf(tupleNames(node), place.scope)
  const inner = place.within(scope)
  const found = steps.findIndex(({ tuple }) => tuple)
  const firstTuple = found < 0 ? steps.length : found
  const plain = steps.slice(0, firstTuple).map((step, i) => pathStep(step, i === 0, i === steps.length - 1, place))
  const bound = steps.slice(firstTuple).map((step, i) => {
    if (firstTuple + i === 0 && step.consarray) throw new Unsupported('such a path is left to the evaluator')
    return tupleStep(step, scope, inner)
  })
  const group = node.group && tupleGrouping(node.group, scope, inner)
  const walk = stepByStep(plain, steps[0].type === 'variable')
  return (input, frame) => {
    const items = walk(input, frame)
    const isCut = plain.length > 0 && (items === undefined || (items as Sequence).length === 0)
    const tuples = isCut ? undefined : follow(bound, items as Sequence, frame)
    let value: unknown = tuples === undefined || node.tuple ? (tuples ?? items) : itemsOfTuples(tuples)
    if (node.keepSingletonArray) value = keptArray(value)
    if (group) return group(tuples ?? value, frame)
    return node.keepArray ? value : result(value)
  }
}

function follow(steps: readonly TupleStep[], items: Sequence, frame: Frame): Sequence | undefined {
  let tuples: Sequence | undefined
  for (const step of steps) tuples = step(tuples, items, frame)
  return tuples
}

function itemsOfTuples(tuples: Sequence): Sequence {
  const items = emptySequence()
  for (const tuple of tuples) items.push((tuple as Tuple)['@'])
  return items
}

function tupleStep(step: Node, scope: Scope, place: Place): TupleStep {
  const stages = (step.stages ?? []).map(stage => tupleStage(stage, scope, place))
  const found = step.type === 'sort' ? sortStep(step, scope, place) : valueStep(step, scope, place)
  return (tuples, items, frame) =>
    stages.reduce<Sequence>((kept, stage) => stage(kept, frame), found(tuples, items, frame))
}

/** Each value that the step finds in an item makes a tuple of its own. */
function valueStep(step: Node, scope: Scope, place: Place): TupleStep {
  const code = place.code(step)
  const { focus, index, ancestor } = step
  return (tuples, items, frame) => {
    const found = emptyStream()
    const known = (tuples ?? items.map(item => tupleOf(item))) as Tuple[]
    for (const tuple of known) {
      const value = code(tuple['@'], tupleFrame(scope, tuple, frame))
      if (value === undefined) continue
      const values: Sequence = isArray(value) ? value : [value]
      values.forEach((one, i) => {
        if (values.tupleStream) {
          found.push(Object.assign(tupleOf(undefined, tuple), one))
          return
        }
        const made = tupleOf(focus === undefined ? one : tuple['@'], tuple)
        if (focus) made[focus] = one
        if (index) made[index] = i
        if (ancestor) made[ancestor.label] = tuple['@']
        found.push(made)
      })
    }
    return found
  }
}

function sortStep(step: Node, scope: Scope, place: Place): TupleStep {
  const sort = sorting(step, place)
  const readTuple = (code: Code, tuple: unknown, frame: Frame): unknown =>
    code((tuple as Tuple)['@'], tupleFrame(scope, tuple as Tuple, frame))
  const readItem = (code: Code, item: unknown, frame: Frame): unknown => code(item, tupleFrame(scope, undefined, frame))
  return (tuples, items, frame) => {
    if (tuples) return sort(tuples, frame, tuples.tupleStream ? readTuple : readItem) as Sequence
    const sorted = sort(items, frame, (items as Sequence).tupleStream ? readTuple : readItem) as Sequence
    const found = emptyStream()
    for (let i = 0; i < sorted.length; i++) {
      const tuple = tupleOf(sorted[i])
      tuple[String(step.index)] = i
      found.push(tuple)
    }
    return found
  }
}

/** What stands behind parentheses around such a path: a predicate or a grouping. */
export function afterTuples(node: Node, place: Place): { keep(stage: Stage): Filter; group(group: Group): Filter } {
  const scope = scopeOf(tupleNames(node), place.scope)
  const inner = place.within(scope)
  return {
    keep: stage => tupleStage(stage, scope, inner),
    group: group => tupleGrouping(group, scope, inner)
  }
}

/** `[predicate]` keeps tuples, `#$i` numbers them. */
function tupleStage(stage: Stage, scope: Scope, place: Place): (tuples: unknown, frame: Frame) => Sequence {
  const { type, value, expr } = stage
  if (type === 'index') {
    return tuples => {
      const numbered = tuples as Sequence
      numbered.forEach((tuple, i) => ((tuple as Tuple)[String(value)] = i))
      return numbered
    }
  }
  const position = expr.type === 'number' ? Math.floor(expr.value as number) : undefined
  const condition = place.code(expr)
  return (tuples, frame) => {
    const isStream = (tuples as Sequence | undefined)?.tupleStream === true
    const items = itemsOf(tuples) as Sequence
    const kept = isStream ? emptyStream() : emptySequence()
    if (position !== undefined) {
      const item = items[position < 0 ? items.length + position : position]
      if (isArray(item)) return item
      if (item !== undefined) kept.push(item)
      return kept
    }
    items.forEach((item, i) => {
      const tuple = isStream ? (item as Tuple) : undefined
      const verdict = condition(tuple ? tuple['@'] : item, tupleFrame(scope, tuple, frame))
      for (let n = timesKept(verdict, i, items.length); n > 0; n--) kept.push(item)
    })
    return kept
  }
}
