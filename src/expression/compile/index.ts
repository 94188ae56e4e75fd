import { call, pipe } from './calls'
import { bind, block, conditional } from './control'
import { worded } from './errors'
import { filter, type Filter } from './filter'
import { arrayConstructor, grouping, objectConstructor } from './grouping'
import { lambda, partial } from './lambda'
import { boundNames, type Node, type Signature, Unsupported, variableNames } from './node'
import { binary, minus } from './operators'
import { path } from './path'
import type { Place } from './place'
import { regex } from './regex'
import { type Code, Frame, type Run, type Scope, scopeOf, slotsOf, variableReader } from './scope'
import { afterTuples } from './tuples'
import { arrayResult, isArray, isSequence, lookup, result, sequenceOf } from './values'
import { variable } from './variable'
import { descendants, wildcard } from './wildcards'

type Kind = (node: Node, place: Place) => Code

const constant: Kind =
  ({ value }) =>
  () =>
    value

function unary(node: Node, place: Place): Code {
  if (node.value === '[') return arrayConstructor(node, place)
  return node.value === '{' ? objectConstructor(node, place) : minus(node, place)
}

/** How each kind of node is compiled. */
const kinds: Record<string, Kind> = {
  path,
  binary,
  unary,
  name:
    ({ value }) =>
    input =>
      lookup(input, value as string),
  string: constant,
  number: constant,
  value: constant,
  wildcard: () => wildcard,
  descendant: () => descendants,
  parent: ({ slot }, place) => variableReader(place.scope, String(slot?.label), () => undefined),
  condition: conditional,
  block,
  bind,
  regex,
  function: call,
  variable,
  lambda,
  partial,
  apply: pipe
}

/** The kinds that never give a sequence, and those whose code has made a result of it. */
const finished = new Set('binary unary string number value lambda partial regex path'.split(' '))

function compileNode(node: Node, place: Place): Code {
  const { type, predicate = [], group, keepArray } = node
  if (!Object.hasOwn(kinds, type)) throw new Unsupported(`${type} is left to the evaluator`)
  let code = kinds[type](node, place)
  const after = node.tuple ? afterTuples(node, place) : undefined
  const then =
    (found: Code, keep: Filter): Code =>
    (input, frame) =>
      keep(found(input, frame), frame)
  for (const stage of predicate) code = then(code, after ? after.keep(stage) : filter(stage, place))
  if (group && type !== 'path') code = after ? then(code, after.group(group)) : grouping(group, code, place)
  const isFinished = finished.has(type) && node.value !== '..' && !keepArray
  if (isFinished && predicate.length === 0) return code
  const found = code
  const finish = keepArray ? arrayResult : result
  return (input, frame) => finish(found(input, frame))
}

export { mayRecurse } from './recursion'

/** What the compiler needs of the evaluator it stands in for. */
interface Language {
  parse(text: string): Node
  /** Is the evaluator of 2.1 or later? */
  isRecent: boolean
}

/** JSONata's checks of arguments, which its parser makes for functions with a signature. */
function signatures({ parse }: Language): (text: string) => Signature {
  const known = new Map<string, Signature>()
  return text => {
    let signature = known.get(text)
    if (signature === undefined) {
      signature = (parse(`function($x)${text}{$x}`) as Required<Node>).signature
      known.set(text, signature)
    }
    return signature
  }
}

/** A compiled expression: its value for an input document. @throws ExpressionError, RangeError for endless recursion */
type Evaluate = (input: unknown) => unknown

/** Turns a tree into a function. @throws Unsupported for what only the evaluator can do */
export function compileTree(tree: Node, language: Language): Evaluate {
  const { isRecent } = language
  const signature = signatures(language)
  const placeIn = (scope: Scope): Place => {
    const place: Place = {
      scope,
      isRecent,
      code: part => compileNode(part, place),
      within: placeIn,
      signature,
      parse: language.parse
    }
    return place
  }
  const scope = scopeOf(boundNames(tree))
  const code = placeIn(scope).code(tree)
  const frameFor = (input: unknown): Frame => {
    const run: Run = { root: input, calls: 0, isRecent, now: undefined, natives: undefined }
    return new Frame(slotsOf(scope), undefined, run)
  }
  // without variables, which are also what functions are called by, nothing looks at the frame
  const shared = variableNames(tree).size === 0 ? frameFor(undefined) : undefined
  return input => {
    try {
      return code(isArray(input) && !isSequence(input) ? wrapped(input) : input, shared ?? frameFor(input))
    } catch (error) {
      throw worded(error)
    }
  }
}

/** An input document that is an array is one input, not many. */
function wrapped(input: unknown[]): unknown {
  const wrapper = sequenceOf(input)
  wrapper.outerWrapper = true
  return wrapper
}
