import { type Callable, callable, TailCall } from './callable'
import { fail } from './errors'
import { boundNames, type Node, Unsupported } from './node'
import type { Place } from './place'
import { type Code, enter, Frame, isBound, scopeOf, unbound } from './scope'
import { isFunction } from './values'
import { builtinOf } from './variable'

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
