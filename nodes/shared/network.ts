import type { Node, NodeAPI } from 'node-red'
import type { Timestamp } from '#engine/record'

/** A running stream node, as the others see it. */
export interface StreamNode {
  node: Node
  /** A stream node upstream has come to `watermark` without a message. */
  observe(source: string, watermark: Timestamp): void
  /** The stream nodes that feed this one are these. */
  expect(upstream: readonly string[]): void
}

/** A stream node that an output leads to, and over how many nodes. */
interface Link {
  to: StreamNode
  hops: number
}

/** A node as the runtime holds it; of a subflow it holds the instance, which has a node. */
type Runtime = Partial<Node> & { wires?: string[][]; node?: { wires?: string[][] } }

const passive = /^(junction|link in|link out|subflow:.*)$/

/** All stream nodes that run, and what leads where between them. */
const running = new Map<string, StreamNode>()
const links = new Map<StreamNode, [Link[], Link[]]>()

/** The stream nodes that wires lead to, through junctions, links and subflows. */
function follow(RED: NodeAPI, wires: readonly string[], hops = 1, seen = new Set<string>()): Link[] {
  return wires.flatMap(id => {
    const to = running.get(id)
    if (to) return [{ to, hops }]
    if (seen.has(id)) return []
    seen.add(id)
    const next = RED.nodes.getNode(id) as unknown as Runtime | undefined
    if (next?.type !== undefined && !passive.test(next.type)) return []
    return follow(RED, (next?.wires ?? next?.node?.wires ?? []).flat(), hops + 1, seen)
  })
}

/** Looks anew which stream node feeds which, and tells each whom it has to wait for. */
function connect(RED: NodeAPI): void {
  const feeds = new Map<StreamNode, string[]>()
  for (const from of running.values()) {
    const { wires = [] } = from.node as unknown as Runtime
    const out: [Link[], Link[]] = [follow(RED, wires[0] ?? []), follow(RED, wires[1] ?? [])]
    links.set(from, out)
    for (const { to } of out.flat()) feeds.set(to, [...(feeds.get(to) ?? []), from.node.id])
  }
  for (const to of running.values()) {
    to.expect([...new Set(feeds.get(to) ?? [])])
  }
}

let isListening = false

/** A node begins to run; the flows that are starting may lead to it. */
export function enter(RED: NodeAPI, node: StreamNode): void {
  running.set(node.node.id, node)
  if (isListening) return
  isListening = true
  RED.events.on('flows:started', () => connect(RED))
}

/** A node ends. */
export function leave(node: StreamNode): void {
  if (isRunning(node)) running.delete(node.node.id)
  links.delete(node)
}

/** Did a node enter, and neither leave nor make way for another of its id? */
export const isRunning = (node: StreamNode): boolean => running.get(node.node.id) === node

/** What an output of a node leads to. */
export const linksOf = (from: StreamNode, port: 0 | 1): readonly Link[] => links.get(from)?.[port] ?? []
