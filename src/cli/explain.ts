import { ConfigError } from '../errors'
import type { Expression } from '../expression/compiler'
import { prepareWithPackage } from '../flow/packaged-jsonata'
import { type FlowGraph, type FlowNode, isStream, labelOf, slugOf } from '../flow/graph'
import { specs } from '../operators'
import { Stage } from '../stage/stage'
import { FileError } from './file-error'
import { readFlow } from './run'

/**
 * Writes a line for each expression of a flow: node, field, `compiled` or `evaluated`, the text, and why it is not
 * compiled; with tabs between them. Returns the exit code: 0, 1 for a file that cannot be read, 2 for a flow that is wrong.
 */
export function explain(file: string): number {
  try {
    const graph = readFlow(file)
    for (const node of graph.nodes.values()) {
      if (!isStream(node)) continue
      for (const expression of expressionsOf(node, graph)) console.log(lineOf(node, expression))
    }
    return 0
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof FileError)) throw error
    console.error(error.message)
    return error instanceof ConfigError ? 2 : 1
  }
}

function lineOf(node: FlowNode, { field, text, reason }: Expression): string {
  const cells = [labelOf(node), field, reason === undefined ? 'compiled' : 'evaluated', text, reason ?? '']
  return cells
    .map(cell => cell.replace(/\s+/g, ' ').trim())
    .join('\t')
    .trimEnd()
}

/** @throws ConfigError naming node and field */
function expressionsOf(node: FlowNode, graph: FlowGraph): readonly Expression[] {
  const nothing = (): void => undefined
  try {
    const stage = new Stage(specs[slugOf(node.type)], node, {
      id: node.id,
      name: labelOf(node),
      settings: graph.settingsOf(node),
      upstream: [],
      clock: { now: () => 0, at: () => nothing },
      isLive: false,
      prepareJsonata: prepareWithPackage,
      maxHeld: Infinity,
      maxQueued: Infinity,
      warn: nothing,
      send: nothing,
      advance: nothing
    })
    return stage.expressions
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new ConfigError(`${labelOf(node)}: ${error.field}`, error.problem, error.got)
  }
}
