import { type Node, Unsupported } from './node'
import type { Place } from './place'
import type { Code } from './scope'

export function tuplePath(_node: Node, _place: Place): Code {
  throw new Unsupported('bindings of a path are left to the evaluator')
}
