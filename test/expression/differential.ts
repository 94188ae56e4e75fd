import { isDeepStrictEqual } from 'node:util'
import jsonata from 'jsonata'
import { type CompiledJsonata, compileJsonata } from '#engine/expression/jsonata'
import { type Outcome, outcomeOf } from './outcome'

/** How an expression fared on a document, compiled and by the evaluator. */
export type Verdict =
  | 'same'
  | 'evaluated'
  | 'no expression'
  /** The evaluator changed the document that it was given. */
  | 'document changed'
  /** Both failed, on different values of a constructor, which the evaluator starts side by side. */
  | 'another failure'
  | 'different'

/** Compares the two, by an evaluator of one version or another. */
export async function compare(text: string, document: unknown, evaluator: typeof jsonata = jsonata): Promise<Verdict> {
  let expression: ReturnType<typeof jsonata>
  let compiled: CompiledJsonata
  try {
    expression = evaluator(text)
    compiled = compileJsonata(text, evaluator)
  } catch {
    return 'no expression'
  }
  if (!compiled.compiled) return 'evaluated'
  const before = structuredClone(document)
  const [given, taken] = [structuredClone(document), structuredClone(document)]
  const expected = await outcomeOf(() => expression.evaluate(given))
  const got = await outcomeOf(() => compiled.evaluate(taken))
  if (!isDeepStrictEqual(taken, before)) return 'different'
  // the evaluator's own functions, passed by name, keep the name and place of their last call in any expression
  if (/\$(uppercase|string|sum|count)\b(?!\()/.test(text)) forgetPlace(got, expected)
  if (isDeepStrictEqual(got, expected)) return 'same'
  if (!isDeepStrictEqual(given, before)) return 'document changed'
  if (got.error && expected.error && /[[{]/.test(text)) return 'another failure'
  return 'different'
}

function forgetPlace(...outcomes: readonly Outcome[]): void {
  for (const { error } of outcomes) if (error) Object.assign(error, { position: undefined, token: undefined })
}
