import type { Run } from '../scope'

/** One of JSONata's own functions. */
export interface Builtin {
  /** Types of its arguments, as JSONata writes them: `<s-n?:s>`. */
  readonly signature: string
  /** How many arguments it declares: `$map` and its like give it as many, up to three. */
  readonly arity: number
  /** Can some arguments be given before others? */
  readonly isPartial?: boolean
  /** Is it compiled for evaluators of 2.1 or later only? Those before do something else. */
  readonly needsRecent?: boolean
  /** The most arguments that it is compiled with; absent: all. */
  readonly maxArguments?: number
  run(args: readonly unknown[], run: Run): unknown
}

type Implementation<Args extends unknown[]> = (...args: Args) => unknown

/** A function of values that `signature` has checked. */
export function builtin<Args extends unknown[]>(
  signature: string,
  arity: number,
  implementation: Implementation<Args>,
  isPartial = false
): Builtin {
  const call = implementation as Implementation<unknown[]>
  return { signature, arity, isPartial, run: args => call(args[0], args[1], args[2], args[3]) }
}

/** The same, giving nothing for nothing. */
export function ofDefined<Args extends unknown[]>(
  signature: string,
  arity: number,
  implementation: Implementation<Args>,
  isPartial = false
): Builtin {
  const call = implementation as Implementation<unknown[]>
  return {
    signature,
    arity,
    isPartial,
    run: args => (args[0] === undefined ? undefined : call(args[0], args[1], args[2], args[3]))
  }
}
