import { type RawConfig, readConfig } from '../config/fields'
import { type Settings, settingsFields } from '../config/settings'
import { ConfigError } from '../errors'
import { specs } from '../operators'
import { hasFields } from '../row'

/** A node of an exported flow. */
export interface FlowNode extends RawConfig {
  id: string
  type: string
  name?: string
  z?: string
  d?: boolean
  wires?: string[][]
  /** Ids of the link nodes that a link node leads to. */
  links?: string[]
}

/** Where a message may leave or reach the part of a flow that is run. */
const passive = new Set(['junction', 'link in', 'link out'])

const isNode = (value: unknown): boolean =>
  hasFields(value) && typeof value.id === 'string' && typeof value.type === 'string'

export const slugOf = (type: string): string => type.replace(/^stream-/, '')
export const isStream = ({ type }: FlowNode): boolean =>
  type.startsWith('stream-') && Object.hasOwn(specs, slugOf(type))
export const labelOf = ({ name, id }: FlowNode): string => (typeof name === 'string' && name !== '' ? name : id)

/** An exported flow as a graph: junctions and links are followed, disabled nodes and tabs left out. */
export class FlowGraph {
  readonly nodes = new Map<string, FlowNode>()
  /** Where messages are taken; they go no further. */
  readonly outs = new Set<FlowNode>()

  /** @throws ConfigError where `flow` is no list of nodes */
  constructor(flow: unknown) {
    const problem = 'must be a list of nodes, as Node-RED exports it'
    if (!Array.isArray(flow)) throw new ConfigError('flow', problem, flow)
    for (const node of flow) if (!isNode(node)) throw new ConfigError('flow', problem, node)
    const nodes = flow as FlowNode[]
    const disabled = new Set(nodes.filter(node => node.type === 'tab' && node.disabled === true).map(({ id }) => id))
    for (const node of nodes) if (node.d !== true && !disabled.has(node.z ?? '')) this.nodes.set(node.id, node)
  }

  /** The node of this name, else of this id. @throws ConfigError naming `field` where there is none, or more than one */
  find(name: string, field: string): FlowNode {
    const named = [...this.nodes.values()].filter(node => node.name === name && node.type !== 'tab')
    if (named.length > 1) {
      const all = named.map(({ type, id }) => `${type} ${id}`).join(', ')
      throw new ConfigError(field, `must name one node (it is the name of ${all}: use the id)`, name)
    }
    const found = named[0] ?? this.nodes.get(name)
    if (found === undefined) throw new ConfigError(field, 'must be the name or id of a node of the flow', name)
    return found
  }

  /** What the settings node of a stream node says; without one the defaults. @throws ConfigError where it is missing */
  settingsOf({ settings: id }: FlowNode): Settings {
    if (!id) return readConfig(settingsFields, {})
    const found = this.nodes.get(String(id))
    if (found?.type !== 'stream-settings') {
      throw new ConfigError('settings', 'must be the id of a stream-settings node of the flow', id)
    }
    return readConfig(settingsFields, found)
  }

  /** The nodes that an output leads to, through junctions and links. */
  targets(node: FlowNode, port: number): FlowNode[] {
    const found: FlowNode[] = []
    const visited = new Set<string>()
    const follow = (ids: readonly string[]): void => {
      for (const id of ids) {
        const next = this.nodes.get(id)
        if (next === undefined) continue
        if (!passive.has(next.type) || this.outs.has(next)) found.push(next)
        else if (!visited.has(id)) {
          visited.add(id)
          follow(next.type === 'link out' ? (next.links ?? []) : (next.wires ?? []).flat())
        }
      }
    }
    follow(node.type === 'link out' ? (node.links ?? []) : (node.wires?.[port] ?? []))
    return found
  }

  /** All that the outputs lead to. */
  allTargets(node: FlowNode): FlowNode[] {
    const ports = Math.max(1, node.wires?.length ?? 0)
    return Array.from({ length: ports }, (_, port) => this.targets(node, port)).flat()
  }

  /** The stream nodes reached from `starts`, each before those it feeds. @throws ConfigError for a loop */
  order(starts: readonly FlowNode[]): FlowNode[] {
    const done = new Set<FlowNode>()
    const open = new Set<FlowNode>()
    const order: FlowNode[] = []
    const visit = (node: FlowNode): void => {
      if (done.has(node)) return
      if (open.has(node)) throw new ConfigError('wires', 'must not make a loop', labelOf(node))
      open.add(node)
      for (const next of this.allTargets(node)) if (isStream(next) && !this.outs.has(next)) visit(next)
      open.delete(node)
      done.add(node)
      if (isStream(node)) order.unshift(node)
    }
    starts.forEach(visit)
    return order
  }

  /**
   * A node of another kind that stands before a stream node cannot be run.
   * @throws ConfigError naming the type
   */
  refuseForeign(starts: readonly FlowNode[]): void {
    const leadsToStream = (node: FlowNode, seen = new Set<FlowNode>()): boolean =>
      this.allTargets(node).some(next => {
        if (seen.has(next)) return false
        seen.add(next)
        return isStream(next) || leadsToStream(next, seen)
      })
    for (const node of this.senders(starts)) {
      for (const next of this.allTargets(node)) {
        if (!isStream(next) && !this.outs.has(next) && leadsToStream(next)) {
          const place = isStream(node) ? 'between stream nodes' : 'between an input and a stream node'
          throw new ConfigError('flow', `has a ${next.type} node ${place}, which only Node-RED can run`, labelOf(next))
        }
      }
    }
  }

  /** @throws ConfigError naming `field` for a node at which nothing arrives that leaves `starts` */
  refuseUnreached(starts: readonly FlowNode[], nodes: Iterable<FlowNode>, field: string): void {
    const reached = new Set([...this.senders(starts)].flatMap(node => this.allTargets(node)))
    for (const node of nodes) {
      if (!reached.has(node))
        throw new ConfigError(field, 'must be reached from an input through stream nodes alone', labelOf(node))
    }
  }

  private senders(starts: readonly FlowNode[]): Set<FlowNode> {
    return new Set([...starts, ...this.order(starts)])
  }
}
