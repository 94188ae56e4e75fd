import { quickCheck } from './arguments'
import { apply, asArgument, isCallable, markCall } from './callable'
import { type ExpressionError, fail } from './errors'
import { type Node, Unsupported } from './node'
import type { Place } from './place'
import { type Code, type Frame, isBound } from './scope'
import { builtinOf } from './variable'

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
