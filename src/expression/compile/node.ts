/** A node of the tree that JSONata's parser gives: what the compiler reads of it. */
export interface Node {
  type: string
  value?: unknown
  position?: number
  /** `[]` after it: a single result stays an array. */
  keepArray?: boolean
  keepSingletonArray?: boolean
  /** An array constructor at an end of a path, which is not flattened into it. */
  consarray?: boolean
  predicate?: Stage[]
  stages?: Stage[]
  group?: Group
  /** Carries bindings from step to step: `@`, `#` or an ancestor for `%`. */
  tuple?: boolean
  focus?: string
  index?: string
  ancestor?: Slot
  slot?: Slot
  steps?: Node[]
  expressions?: Node[]
  expression?: Node
  lhs?: Node
  rhs?: Node
  condition?: Node
  then?: Node
  else?: Node
  procedure?: Node
  arguments?: Node[]
  body?: Node
  thunk?: boolean
  signature?: Signature
  terms?: Term[]
}

interface Slot {
  label: string
}

/** What filters or counts the items of a step. */
export interface Stage {
  type: string
  expr: Node
  value?: string
}

export type Pair = [key: Node, value: Node]

export interface Group {
  lhs: Pair[]
  position?: number
}

export interface Term {
  descending: boolean
  expression: Node
}

/** Checks the arguments of a call and puts the context where one is missing. */
export interface Signature {
  validate(args: readonly unknown[], context: unknown): unknown[]
}

/** A part of the language that is left to the evaluator. */
export class Unsupported extends Error {}

/** Visits all nodes of a tree, but not what is below one for which `visit` gives false. */
export function walk(part: unknown, visit: (node: Node) => boolean): void {
  if (typeof part !== 'object' || part === null || part instanceof RegExp || !visit(part as Node)) return
  for (const below of Object.values(part)) walk(below, visit)
}

/** The names that `:=` binds in the frame that `node` is evaluated in. */
export function boundNames(node: Node): Set<string> {
  const names = new Set<string>()
  walk(node, ({ type, lhs }) => {
    if (type === 'bind') names.add(String(lhs?.value))
    return type !== 'block' && type !== 'lambda'
  })
  return names
}

/** The names of all variables that a tree mentions. */
export function variableNames(tree: Node): Set<string> {
  const names = new Set<string>()
  walk(tree, ({ type, value }) => {
    if (type === 'variable') names.add(String(value))
    return true
  })
  return names
}

/** The names that the steps of a path bind on the way: by `@`, by `#`, or for a `%` behind them. */
export function tupleNames(path: Node): Set<string> {
  const names = new Set<string>()
  walk(path, ({ type, focus, index, ancestor, value }) => {
    for (const name of [focus, index, ancestor?.label]) if (name !== undefined) names.add(name)
    if (type === 'index') names.add(String(value))
    return true
  })
  return names
}
