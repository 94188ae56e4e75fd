import type { Expression } from '../expression/compiler'
import { type FlowNode, isStream, labelOf } from '../flow/graph'
import { recordedStage } from '../flow/recorded-stage'
import { readFlow } from './flow-file'

/**
 * Writes a line for each expression of a flow: node, field, `compiled` or `evaluated`, the text, and why it is not
 * compiled; with tabs between them. @throws ConfigError, FileError
 */
export function explain(file: string): void {
  const graph = readFlow(file)
  for (const node of graph.nodes.values()) {
    if (!isStream(node)) continue
    for (const expression of recordedStage(graph, node).expressions) console.log(lineOf(node, expression))
  }
}

function lineOf(node: FlowNode, { field, text, reason }: Expression): string {
  const cells = [labelOf(node), field, reason === undefined ? 'compiled' : 'evaluated', text, reason ?? '']
  return cells
    .map(cell => cell.replace(/\s+/g, ' ').trim())
    .join('\t')
    .trimEnd()
}
