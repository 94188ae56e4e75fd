import type { Code, Scope } from './scope'
import type { Node, Signature } from './node'

/** Where in an expression a node stands, and what its compilation needs. */
export interface Place {
  readonly scope: Scope
  /** Is the evaluator of 2.1 or later? */
  readonly isRecent: boolean
  /** The code of a part of the node, in the frame of the node. */
  code(part: Node): Code
  /** The same place inside a new frame. */
  within(scope: Scope): Place
  /** A check of arguments, written as JSONata writes it: `<s-n?:s>`. */
  signature(text: string): Signature
  /** The tree of a text. */
  parse(text: string): Node
}
