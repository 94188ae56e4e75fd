import { boundNames, type Node } from './node'
import type { Place } from './place'
import { type Code, enter, scopeOf } from './scope'
import { isTrue } from './types'

/** `condition ? then : else`, and what is made of it: `?:` and `??`. */
export function conditional(node: Node, place: Place): Code {
  const condition = place.code(node.condition as Node)
  const positive = place.code(node.then as Node)
  const negative: Code = node.else ? place.code(node.else) : () => undefined
  return (input, frame) => (isTrue(condition(input, frame)) ? positive(input, frame) : negative(input, frame))
}

/** `(a; b)`: the value of the last. It has a frame of its own where it sets variables. */
export function block(node: Node, place: Place): Code {
  const parts = node.expressions as Node[]
  const names = parts.flatMap(part => [...boundNames(part)])
  if (names.length === 0) return sequential(parts.map(part => place.code(part)))
  const scope = scopeOf(names, place.scope)
  const inner = place.within(scope)
  const run = sequential(parts.map(part => inner.code(part)))
  return (input, frame) => run(input, enter(scope, frame))
}

function sequential(codes: readonly Code[]): Code {
  if (codes.length === 1) return codes[0]
  return (input, frame) => {
    let value: unknown
    for (const code of codes) value = code(input, frame)
    return value
  }
}

/** `$x := value`. */
export function bind(node: Node, place: Place): Code {
  const slot = place.scope.names.indexOf(String(node.lhs?.value))
  const code = place.code(node.rhs as Node)
  return (input, frame) => (frame.values[slot] = code(input, frame))
}
