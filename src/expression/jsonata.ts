import type { Message } from '../record'

/** A parsed JSONata expression: what the `jsonata` function gives, or a wrapper of Node-RED's own. */
export interface PreparedJsonata {
  ast(): unknown
  evaluate(input: unknown, bindings?: Record<string, unknown>): Promise<unknown>
}

/** Parses an expression; throws an object with `message`, `code` and `position` for a syntax error. */
export type PrepareJsonata = (text: string) => PreparedJsonata

/** An expression ready to run. `evaluate` gives the value itself where `compiled`, else a promise of it. */
export interface CompiledJsonata {
  evaluate(input: Message, bindings?: Record<string, unknown>): unknown
  compiled: boolean
  /** Why it is left to the evaluator. */
  reason?: string
}

/** Makes an expression ready to run, by the evaluator that `prepare` brings. @throws what `prepare` throws */
export function compileJsonata(text: string, prepare: PrepareJsonata): CompiledJsonata {
  const prepared = prepare(text)
  return {
    evaluate: (input, bindings) => prepared.evaluate(input, bindings),
    compiled: false,
    reason: 'expressions are left to the evaluator'
  }
}
