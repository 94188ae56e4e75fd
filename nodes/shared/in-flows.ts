import type { NodeAPI } from 'node-red'

/**
 * Is a node part of the flows, as they are deployed now? Node-RED says `removed` of a node that is disabled, and does not
 * say it of one in a subflow whose instance is deleted. Nodes of a subflow are called after the instance and themselves.
 */
export function isInFlows(RED: NodeAPI, id: string): boolean {
  const ids = new Set<string>()
  RED.nodes.eachNode(node => ids.add(node.id))
  const isPath = (path: string): boolean =>
    ids.has(path) ||
    [...path].some((letter, i) => letter === '-' && ids.has(path.slice(i + 1)) && isPath(path.slice(0, i)))
  return isPath(id)
}
