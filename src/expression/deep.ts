/** A parsed expression that can be told what to call by the way. */
interface Evaluator {
  assign(name: string, value: unknown): void
  evaluate(input: unknown): Promise<unknown>
}

/** Parts that may be under evaluation at a time: a recursion of some 15,000 calls, which takes some 150 MB. */
const mostOpen = 50_000

/** What the evaluator calls before and after each part. */
const [entry, exit] = ['entry', 'exit'].map(when => Symbol.for(`jsonata.__evaluate_${when}`) as unknown as string)

/**
 * Evaluates what recurses deeper than the stack goes: the evaluator, which leaves the stack at each part, needs memory
 * instead. An endless recursion would take all of it, and the process with it: here it ends in an error, D1011.
 */
export function evaluateDeep(prepared: Evaluator, input: unknown): Promise<unknown> {
  let open = 0
  prepared.assign(entry, () => {
    if (++open > mostOpen) throw Object.assign(new Error('it recurses too deeply'), { code: 'D1011' })
  })
  prepared.assign(exit, () => void open--)
  return prepared.evaluate(input)
}
