import type { Timestamp } from '../../record'

/** What lasts for one evaluation of an expression. */
export interface Run {
  /** The input document, `$$`. */
  readonly root: unknown
  /** Is the evaluator of 2.1 or later? */
  readonly isRecent: boolean
  /** The clock, the same for the whole evaluation. */
  now?: Timestamp
  /** JSONata's own functions that were taken as values. */
  natives?: Map<string, unknown>
  /** How many tail calls were made. */
  calls: number
}

/** The variables of a block or of a call of a function. */
export class Frame {
  constructor(
    readonly values: unknown[],
    readonly outer: Frame | undefined,
    readonly run: Run
  ) {}
}

/** Stands in a frame where a variable has no value yet, and is looked for further out. */
export const unbound = Symbol('unbound')

/** The variables of a frame, by name, as the text of the expression shows them. */
export interface Scope {
  readonly names: readonly string[]
  readonly outer: Scope | undefined
}

export const scopeOf = (names: Iterable<string>, outer?: Scope): Scope => ({ names: [...new Set(names)], outer })

/** A part of an expression: its value for an input. */
export type Code = (input: unknown, frame: Frame) => unknown

/** Room for the variables of a scope, all unbound. */
export const slotsOf = ({ names }: Scope): unknown[] => names.map(() => unbound)

/** A new frame of `scope`. */
export const enter = (scope: Scope, outer: Frame): Frame => new Frame(slotsOf(scope), outer, outer.run)

function reader(depth: number, slot: number): Code {
  if (depth === 0) return (_, frame) => frame.values[slot]
  if (depth === 1) return (_, frame) => (frame.outer as Frame).values[slot]
  return (_, frame) => {
    let at = frame
    for (let i = 0; i < depth; i++) at = at.outer as Frame
    return at.values[slot]
  }
}

/** Is the variable bound anywhere from here outwards? */
export function isBound(scope: Scope, name: string): boolean {
  return scope.names.includes(name) || (scope.outer !== undefined && isBound(scope.outer, name))
}

/** Reads a variable: of the innermost frame that has bound it by then, else `otherwise`. */
export function variableReader(scope: Scope, name: string, otherwise: Code): Code {
  const readers: Code[] = []
  let depth = 0
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer, depth++) {
    const slot = at.names.indexOf(name)
    if (slot >= 0) readers.push(reader(depth, slot))
  }
  return readers.reduceRight<Code>(
    (outward, read) => (input, frame) => {
      const value = read(input, frame)
      return value === unbound ? outward(input, frame) : value
    },
    otherwise
  )
}
