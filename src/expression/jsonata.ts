import { type Node, Unsupported, variableNames } from './compile/node'
import { evaluateDeep } from './deep'

/** A parsed JSONata expression: what the `jsonata` function gives, or a wrapper of Node-RED's own. */
export interface PreparedJsonata {
  ast(): unknown
  evaluate(input: unknown, bindings?: Record<string, unknown>): Promise<unknown>
  /** What `evaluate` takes for the input document, where that is not the input itself. */
  document?(input: unknown): unknown
  /** Binds a name in the evaluator. Where it is missing, a recursion is no deeper than the stack. */
  assign?(name: string, value: unknown): void
}

/** Parses an expression; throws an object with `message`, `code` and `position` for a syntax error. */
export type PrepareJsonata = (text: string) => PreparedJsonata

/** An expression ready to run. */
export interface CompiledJsonata {
  /** The value itself where `compiled`, else a promise of it. */
  evaluate(input: unknown, bindings?: Record<string, unknown>): unknown
  compiled: boolean
  /** Its functions may call themselves: where that goes deeper than the stack, it gives a promise after all. */
  mayRecurse: boolean
  /** Why it is left to the evaluator. */
  reason?: string
}

/**
 * Makes an expression ready to run: compiled to a plain function where all of it is known to give what the evaluator
 * gives, else by the evaluator that `prepare` brings. Compiled, it reads own properties only, gives objects the usual
 * prototype, and where several values of one constructor fail it tells the first.
 * @throws what `prepare` throws, and for a pattern left of `?:` or `??`, which evaluators since 2.1 lose
 */
export function compileJsonata(text: string, prepare: PrepareJsonata): CompiledJsonata {
  const prepared = prepare(text)
  const evaluated = (reason: string): CompiledJsonata => ({
    evaluate: (input, bindings) => prepared.evaluate(input, bindings),
    compiled: false,
    mayRecurse: false,
    reason
  })
  // loaded where there is an expression: the compiler has a quarter of the files of the engine
  const { compileTree, mayRecurse } = require('./compile') as typeof import('./compile')
  try {
    const tree = prepared.ast() as Node
    const run = compileTree(tree, { parse: part => prepare(part).ast() as Node, isRecent: isRecent(prepare) })
    const document = prepared.document?.bind(prepared)
    const evaluate = document === undefined ? run : (input: unknown): unknown => run(document(input))
    const names = variableNames(tree)
    // most expressions mention no variable, so that no binding can matter to them
    if (names.size === 0) return { evaluate, compiled: true, mayRecurse: false }
    const isDeep = prepared.assign !== undefined && mayRecurse(tree)
    return {
      evaluate: (input, bindings) => {
        if (bindings !== undefined && Object.keys(bindings).some(name => names.has(name))) {
          return prepared.evaluate(input, bindings)
        }
        try {
          return evaluate(input)
        } catch (error) {
          if (!(isDeep && error instanceof RangeError)) throw error
          return evaluateDeep(prepare(text) as Required<PreparedJsonata>, input)
        }
      },
      compiled: true,
      mayRecurse: isDeep
    }
  } catch (error) {
    if (error instanceof Unsupported) return evaluated(error.message)
    if (error instanceof RangeError) return evaluated('it is nested too deeply')
    throw error
  }
}

/** Evaluators before 2.1 do not know `??`, and do some things in another way. */
function isRecent(prepare: PrepareJsonata): boolean {
  try {
    prepare('a ?? b')
    return true
  } catch {
    return false
  }
}
