import { type Callable, callable } from './callable'
import { builtins } from './functions'
import type { Builtin } from './functions/builtin'
import { type Node, Unsupported } from './node'
import type { Place } from './place'
import { type Code, isBound, variableReader } from './scope'
import type { Sequence } from './values'

/** `$name`: a variable, a function of the language, `$` the context or `$$` the input document. */
export function variable(node: Node, place: Place): Code {
  const name = String(node.value)
  if (name === '') return input => (isWrapped(input) ? input[0] : input)
  if (name === '$') return variableReader(place.scope, name, (_, frame) => frame.run.root)
  return variableReader(place.scope, name, native(name, place))
}

const isWrapped = (input: unknown): input is Sequence =>
  typeof input === 'object' && input !== null && (input as Sequence).outerWrapper === true

/** @throws Unsupported for a function that is not compiled */
export function builtinOf(name: string, place: Place): Builtin {
  const found = builtins.get(name)
  if (found === undefined || (found.needsRecent && !place.isRecent))
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
