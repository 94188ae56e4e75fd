import type { Node, NodeAPI, NodeMessage } from 'node-red'
import type { PreparedJsonata } from '#engine/expression/jsonata'

/** JSONata as Node-RED brings it, with its functions for context and environment. */
export function prepareJsonata(RED: NodeAPI, node: Node, text: string): PreparedJsonata {
  const expression = RED.util.prepareJSONataExpression(text, node)
  return {
    ast: () => (expression as { ast(): unknown }).ast(),
    evaluate: input =>
      new Promise((resolve, reject) => {
        RED.util.evaluateJSONataExpression(expression, input as NodeMessage, (error: Error | null, value: unknown) => {
          if (error) reject(error)
          else resolve(value)
        })
      }),
    // Node-RED finds out whether the expression says `msg`, and keeps it there
    assign: (name, value) => (expression as { assign(name: string, value: unknown): void }).assign(name, value),
    document: input => ((expression as { _legacyMode?: boolean })._legacyMode ? { msg: input } : input)
  }
}
