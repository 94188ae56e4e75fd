import type { Fields, RawConfig } from '../config/fields'
import type { ExpressionCompiler } from '../expression/compiler'
import type { Operator } from '../operator'
import type { Key, Message } from '../record'
import { fieldsOf } from '../row'
import type { KeyLimits } from '../state/key-limits'

/** What an operator is made with, beside its own configuration. */
interface OperatorContext {
  compiler: ExpressionCompiler
  limits: KeyLimits & { maxHeld: number }
  /** Stands for the topic of results that have no key. */
  name: string
  /** Is there a key at all (`keyType` is not `none`)? */
  isKeyed: boolean
  /** Zone of windows that set none, and of the days and weeks that detectors learn. */
  timezone: string
}

/** One node: its type, its fields, and the operator behind it. */
export interface NodeSpec {
  type: string
  fields: Fields
  /** The fields that give the state its meaning: if one of them changes, what was kept is of no use. */
  stateFields: readonly string[]
  /** Reads the configuration. @throws ConfigError */
  create(config: RawConfig, context: OperatorContext): Operator
  /** Are results that are not final (`window.kind`) handled like any record? Else they are left out. */
  takesUpdates: boolean
  /** Are results new messages? Else they are the message that came, enriched. */
  makesMessages: boolean
  /** Is what it sets aside late (or else not to be joined), rather than wanted on output 2? */
  setsAsideLate?: boolean
  /** Does it find the keys of a record itself? Then it has no fields `key` and `keyType`. */
  findsKeys?: boolean
  /** A result as an element of a batch. */
  toRow(message: Message, key: Key): unknown
}

/** `{key, start, end, ...result}`, with `kind` where the result is not final. */
export function windowRow({ payload, window }: Message, key: Key): unknown {
  return { key, ...(window as object), ...fieldsOf(payload) }
}
