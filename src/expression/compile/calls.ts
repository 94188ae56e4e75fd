import { quickCheck } from './arguments'
import { apply, asArgument, type Callable, callable, isCallable, markCall, TailCall } from './callable'
import { type ExpressionError, fail } from './errors'
import { builtins } from './functions'
import type { Builtin } from './functions/builtin'
import { boundNames, type Node, Unsupported } from './node'
import type { Place } from './place'
import { type Code, enter, Frame, isBound, scopeOf, unbound, variableReader } from './scope'
import { isFunction, type Sequence } from './values'

/** `$name`: a variable, a function of the language, `$` the context or `$$` the input document. */
export function variable(node: Node, place: Place): Code {
  const name = String(node.value)
  if (name === '') return input => (isWrapped(input) ? input[0] : input)
  if (name === '$') return variableReader(place.scope, name, (_, frame) => frame.run.root)
  return variableReader(place.scope, name, native(name, place))
}

const isWrapped = (input: unknown): input is Sequence =>
  typeof input === 'object' && input !== null && (input as Sequence).outerWrapper === true

function builtinOf(name: string, place: Place): Builtin {
  const found = builtins.get(name)
  if (found === undefined || (found.isRecent && !place.isRecent))
    throw new Unsupported(`$${name} is left to the evaluator`)
  return found
}

/** What the evaluator knows besides, in Node-RED or elsewhere. */
const foreign = new Set(['clone', 'eval', 'env', 'moment', 'flowContext', 'globalContext'])

/** A function of the language as a value. */
function native(name: string, place: Place): Code {
  if (isBound(place.scope, name) && !builtins.has(name) && !foreign.has(name)) return () => undefined
  const { signature, arity, run, maxArguments = arity } = builtinOf(name, place)
  if (maxArguments < arity) throw new Unsupported(`$${name} as a value is left to the evaluator`)
  const check = place.signature(signature)
  return (_, frame) => {
    const made = (frame.run.natives ??= new Map<string, unknown>())
    let found = made.get(name) as Callable | undefined
    if (found === undefined) {
      found = callable('native', arity, args => run(args, frame.run))
      found.signature = check
      made.set(name, found)
    }
    return found
  }
}

type Given = (input: unknown, frame: Frame, piped: unknown) => unknown[]

/** A call; `piped` is the left side of `~>`, which becomes its first argument. */
export function call(node: Node, place: Place, piped?: Code): Code {
  const procedure = node.procedure as Node
  if (procedure.type === 'path') throw new Unsupported('a call without $ is left to the evaluator')
  const name = procedure.value as string
  const nodes = node.arguments as Node[]
  const codes = nodes.map(argument => place.code(argument))
  const given: Given = (input, frame, first) => {
    const args: unknown[] = piped === undefined ? [] : [first]
    for (const code of codes) args.push(asArgument(code(input, frame)))
    return args
  }
  const isNative = procedure.type === 'variable' && !procedure.predicate && !isBound(place.scope, name)
  const before = piped ?? (() => undefined)
  if (isNative && name !== '' && name !== '$') {
    return nativeCall(name, node.position, nodes.length + (piped ? 1 : 0), before, given, place)
  }
  return valueCall(place.code(procedure), name, node.position, before, given)
}

/** A call of one of JSONata's own functions, which is known beforehand. */
function nativeCall(
  name: string,
  position: number | undefined,
  count: number,
  piped: Code,
  given: Given,
  place: Place
): Code {
  const { signature, run, maxArguments = Infinity } = builtinOf(name, place)
  if (count > maxArguments) throw new Unsupported(`$${name} with ${count} arguments is left to the evaluator`)
  const fits = quickCheck(signature)
  const check = place.signature(signature)
  return (input, frame) => {
    const args = given(input, frame, piped(input, frame))
    try {
      return run(fits(args) ? args : check.validate(args, input), frame.run)
    } catch (error) {
      const told = error as ExpressionError
      told.token ??= name
      told.position = position || told.position
      throw error
    }
  }
}

/** A call of whatever an expression gives. */
function valueCall(procedure: Code, name: unknown, position: number | undefined, piped: Code, given: Given): Code {
  return (input, frame) => {
    const first = piped(input, frame)
    const callee = procedure(input, frame)
    const args = given(input, frame, first)
    try {
      markCall(callee, name, position)
      return apply(callee, args, input)
    } catch (error) {
      const told = error as ExpressionError
      if (!told.position) told.position = position
      if (!told.token) told.token = name
      throw error
    }
  }
}

/** A predicate behind a call in tail position would see the call, not its value. */
function refuseFilteredTail({ type, predicate, group, expressions = [], then, else: otherwise }: Node): void {
  if (type !== 'block' && type !== 'condition') return
  if (predicate || group) throw new Unsupported('a filter at the end of a function is left to the evaluator')
  for (const tail of [expressions.at(-1), then, otherwise]) if (tail) refuseFilteredTail(tail)
}

/** `function($a, $b) { body }`, or the call in tail position that JSONata's parser wraps as one. */
export function lambda(node: Node, place: Place): Code {
  if (node.thunk) return tailCall(node.body as Node, place)
  refuseFilteredTail(node.body as Node)
  const names = (node.arguments as Node[]).map(({ value }) => String(value))
  const scope = scopeOf([...names, ...boundNames(node.body as Node)], place.scope)
  const slots = names.map(name => scope.names.indexOf(name))
  const body = place.within(scope).code(node.body as Node)
  const isSimple = slots.length === scope.names.length
  return (input, outer) => {
    const made = callable('lambda', slots.length, args => {
      const frame = isSimple
        ? new Frame(
            slots.map((_, i) => args[i]),
            outer,
            outer.run
          )
        : enter(scope, outer)
      if (!isSimple) slots.forEach((slot, i) => (frame.values[slot] = args[i]))
      return body(input, frame)
    })
    made.signature = node.signature
    made.home = input
    return made
  }
}

function tailCall(node: Node, place: Place): Code {
  const { procedure, arguments: args } = node as Required<Node>
  if (procedure.type === 'path') throw new Unsupported('a call without $ is left to the evaluator')
  const callee = place.code(procedure)
  const codes = args.map(argument => place.code(argument))
  const token = procedure.type === 'variable' ? procedure.value : undefined
  return (input, frame) => new TailCall(callee, codes, token, procedure.position, input, frame)
}

/** `$f(?, 1)`: a function of the arguments that are left open. */
export function partial(node: Node, place: Place): Code {
  const procedure = node.procedure as Node
  if (procedure.type !== 'variable') throw new Unsupported('this partial application is left to the evaluator')
  const name = String(procedure.value)
  if (!isBound(place.scope, name) && !builtinOf(name, place).isPartial) {
    throw new Unsupported(`$${name} partially applied is left to the evaluator`)
  }
  const nodes = node.arguments as Node[]
  const open = nodes.map(({ type, value }) => type === 'operator' && value === '?')
  const codes = nodes.map((argument, i) => (open[i] ? () => unbound : place.code(argument)))
  const callee = place.code(procedure)
  return (input, frame) => {
    const given = codes.map(code => code(input, frame))
    const func = callee(input, frame)
    if (!isFunction(func)) fail('T1008', { position: node.position, token: name })
    return partially(func as Callable, given)
  }
}

function partially(func: Callable, given: readonly unknown[]): Callable {
  const fixed = Array.from({ length: func.arity }, (_, i) => given[i])
  const arity = fixed.filter(value => value === unbound).length
  return callable('lambda', arity, args => {
    let next = 0
    return func(
      fixed.map(value => (value === unbound ? args[next++] : value)),
      null
    )
  })
}

/** `value ~> $f`, `value ~> $f(1)`, and `$f ~> $g`, the function that does both. */
export function pipe(node: Node, place: Place): Code {
  const left = place.code(node.lhs as Node)
  const rightNode = node.rhs as Node
  if (rightNode.type === 'function') return call(rightNode, place, left)
  const right = place.code(rightNode)
  const chain = chained(place)
  return (input, frame) => {
    const value = left(input, frame)
    const func = right(input, frame)
    if (!isCallable(func)) fail('T2006', { position: node.position, value: func })
    return isCallable(value) ? apply(chain(null, frame), [value, func], null) : apply(func, [value], null)
  }
}

/** Compiled from the text, so that it behaves, and fails, as JSONata's own. */
function chained(place: Place): Code {
  return place.code(place.parse('function($f, $g) { function($x){ $g($f($x)) } }'))
}
