import { ExpressionError } from './errors'
import type { Signature } from './node'
import type { Code, Frame } from './scope'

/** How JSONata holds a function: a lambda, one of its own, or either passed to another function as an argument. */
type Kind = 'lambda' | 'native' | 'argument' | 'matcher'

/** A function of the language as a value. */
export interface Callable {
  (args: readonly unknown[], context: unknown): unknown
  kind: Kind
  /** How many arguments it is given by `$map` and its like. */
  arity: number
  signature?: Signature
  /** The name and place of the last call by name, which errors tell. */
  token?: unknown
  position?: number
  /** The context of a lambda: the input where it was made. */
  home?: unknown
}

export function callable(
  kind: Kind,
  arity: number,
  call: (args: readonly unknown[], context: unknown) => unknown
): Callable {
  const made = call as Callable
  made.kind = kind
  made.arity = arity
  return made
}

export const isCallable = (value: unknown): value is Callable =>
  typeof value === 'function' && typeof (value as Partial<Callable>).arity === 'number'

/** A call in tail position, which is made when the function around it has returned. */
export class TailCall {
  constructor(
    readonly callee: Code,
    readonly args: readonly Code[],
    readonly token: unknown,
    readonly position: number | undefined,
    readonly input: unknown,
    readonly frame: Frame
  ) {}
}

/** What would run for minutes in the evaluator is taken for a loop without an end. */
const maxTailCalls = 3e6

/** Calls a function; `context` stands for an argument that is missing. */
export function apply(callee: unknown, args: readonly unknown[], context: unknown): unknown {
  let value = applyOnce(callee, args, context)
  while (value instanceof TailCall) {
    const { callee, args, token, position, input, frame } = value
    if (++frame.run.calls > maxTailCalls) {
      throw new ExpressionError('D1011', { message: `stopped after ${maxTailCalls} tail calls`, position })
    }
    const next = callee(input, frame)
    markTailCall(next, token, position)
    value = applyOnce(
      next,
      args.map(code => code(input, frame)),
      context
    )
  }
  return value
}

function applyOnce(callee: unknown, args: readonly unknown[], context: unknown): unknown {
  if (!isCallable(callee)) throw new ExpressionError('T1006', {})
  try {
    return callee(callee.signature ? callee.signature.validate(args, context) : args, context)
  } catch (error) {
    const told = error as ExpressionError
    if (told.token === undefined && callee.token !== undefined) told.token = callee.token
    told.position = callee.position || told.position
    throw error
  }
}

/** Notes who called, for errors. @throws TypeError for null, as the evaluator does */
export function markCall(callee: unknown, token: unknown, position: number | undefined): void {
  if (callee === null) throw new TypeError('null is no function')
  if (!isCallable(callee) || callee.kind === 'argument' || callee.kind === 'matcher') return
  callee.token = token
  callee.position = position
}

/** The same for a call in tail position. @throws TypeError for what can hold no note, as the evaluator does */
function markTailCall(callee: unknown, token: unknown, position: number | undefined): void {
  if (isCallable(callee)) {
    if (token !== undefined) callee.token = token
    callee.position = position
  } else if (typeof callee !== 'object' || callee === null) {
    throw new TypeError(`${callee === null ? 'null' : typeof callee} is no function`)
  }
}

/** A function as an argument of another: called without a context. One that is passed on and on stays as it is. */
export function asArgument(value: unknown): unknown {
  if (!isCallable(value) || value.kind === 'argument') return value
  return callable('argument', value.arity, args => apply(value, args, null))
}

/** Calls a function that a native function was given. @throws TypeError where the evaluator cannot, either */
export function invoke(func: unknown, ...args: unknown[]): unknown {
  const { kind, home } = func as Callable
  if (kind === 'native') throw new TypeError('func.apply is not a function')
  return kind === 'lambda' ? apply(func, args, home) : (func as Callable)(args, undefined)
}
