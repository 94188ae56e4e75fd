import type { Node, NodeAPI, NodeMessage } from 'node-red'
import type { PreparedJsonata } from '#engine/expression/jsonata'

/** What the types of Node-RED leave out: the parsed expression, and whether it says `msg`, which Node-RED finds out. */
type Prepared = Required<Pick<PreparedJsonata, 'ast' | 'assign'>> & { _legacyMode?: boolean }

/** JSONata as Node-RED brings it, with its functions for context and environment. */
export function prepareJsonata(RED: NodeAPI, node: Node, text: string): PreparedJsonata {
  const expression = RED.util.prepareJSONataExpression(text, node)
  const prepared = expression as unknown as Prepared
  return {
    ast: () => prepared.ast(),
    evaluate: input =>
      new Promise((resolve, reject) => {
        RED.util.evaluateJSONataExpression(expression, input as NodeMessage, (error: Error | null, value: unknown) => {
          if (error) reject(error)
          else resolve(value)
        })
      }),
    assign: (name, value) => prepared.assign(name, value),
    ...(prepared._legacyMode && { document: input => ({ msg: input }) })
  }
}
