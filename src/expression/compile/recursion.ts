import { builtins } from './functions'
import { type Node, walk } from './node'

/** Kinds of arguments that may come to a function, but are none that is written there. */
const indirect = new Set(['variable', 'condition', 'block', 'function', 'partial', 'apply'])

/** The names that an expression gives to values: by `:=` or as parameters. */
function ownNames(tree: Node): Set<unknown> {
  const names = new Set<unknown>()
  walk(tree, ({ type, lhs, arguments: parameters = [] }) => {
    if (type === 'bind') names.add(lhs?.value)
    if (type === 'lambda') for (const { value } of parameters) names.add(value)
    return true
  })
  return names
}

/**
 * May a function of the expression run within itself, so that the depth depends on the data? So it is taken where a
 * function calls, or hands on, a function that has a name or was given to it; a call in tail position needs no stack.
 */
export function mayRecurse(tree: Node): boolean {
  const names = ownNames(tree)
  const isNative = ({ type, value, predicate }: Node): boolean =>
    type === 'variable' && !predicate && !names.has(value) && builtins.has(value as string)
  const mayBeOwn = (node: Node): boolean => indirect.has(node.type) && !isNative(node)

  const calls = ({ type, procedure, arguments: args = [], rhs }: Node): boolean => {
    if (type === 'apply') return rhs?.type !== 'function'
    if (type !== 'function' && type !== 'partial') return false
    const callee = procedure as Node
    if (!isNative(callee)) return callee.type !== 'lambda'
    return builtins.get(callee.value as string)?.signature.includes('f') === true && args.some(mayBeOwn)
  }

  let found = false
  const within = (node: Node): boolean => {
    if (node.thunk) {
      walk([node.body?.procedure, node.body?.arguments], within)
      return false
    }
    found ||= calls(node)
    return !found
  }
  walk(tree, node => {
    if (node.type === 'lambda') walk(node.body, within)
    return node.type !== 'lambda' && !found
  })
  return found
}
