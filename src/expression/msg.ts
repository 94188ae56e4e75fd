import type { PreparedJsonata } from './jsonata'

/** Node-RED's rule of when an expression says `msg`. */
const saysMsg = /(^|[^a-zA-Z0-9_'".])msg([^a-zA-Z0-9_'"]|$)/

/**
 * Outside Node-RED an expression is to mean what it means there: if it says `msg`, the message is to be found by that
 * name.
 */
export function withMsg(prepared: PreparedJsonata, text: string): PreparedJsonata {
  if (!saysMsg.test(text)) return prepared
  return {
    ast: () => prepared.ast(),
    evaluate: (msg, bindings) => prepared.evaluate({ msg }, bindings),
    document: msg => ({ msg }),
    assign: (name, value) => prepared.assign?.(name, value)
  }
}
