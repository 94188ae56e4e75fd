import type { Message, Timestamp } from '../record'
import type { Port } from '../stage/emitter'
import type { Warning } from '../stage/ports'
import type { Stage } from '../stage/stage'
import { copy } from '../state/copy'
import type { FlowGraph, FlowNode } from './graph'
import { recordedStage } from './recorded-stage'

interface RunnerOptions {
  /** Where messages go that reach a node named here. */
  outs: ReadonlyMap<FlowNode, (message: Message) => void>
  /** Told of each record that was refused, with the node that refused it. */
  onBadRecord(error: Error, node: FlowNode): void
  /** Told of what the user should know, with the node that it is about. */
  onWarning?(warning: Warning, node: FlowNode): void
}

/** The stream nodes of a flow, wired by plain calls. */
export class FlowRunner {
  private readonly stages = new Map<FlowNode, Stage>()
  private readonly order: FlowNode[]
  private pending = 0
  private whenIdle: (() => void) | undefined

  /** @throws ConfigError for a flow that cannot be run */
  constructor(
    private readonly graph: FlowGraph,
    starts: readonly FlowNode[],
    private readonly options: RunnerOptions
  ) {
    for (const out of options.outs.keys()) graph.outs.add(out)
    graph.refuseForeign(starts)
    this.order = graph.order(starts)
    // those behind first, so that each knows whom it feeds
    for (const node of [...this.order].reverse()) this.stages.set(node, this.stage(node))
  }

  private stage(node: FlowNode): Stage {
    const { graph } = this
    const routes = [0, 1].map(port => this.route(node, port))
    const behind = [0, 1].map(port => graph.targets(node, port).flatMap(next => this.stages.get(next) ?? []))
    return recordedStage(graph, node, {
      upstream: this.order.filter(other => graph.allTargets(other).includes(node)).map(({ id }) => id),
      send: (port, message) => routes[port](message),
      warn: warning => this.options.onWarning?.(warning, node),
      ...(behind.flat().length > 0 && {
        advance: (port: Port, watermark: Timestamp) => {
          for (const next of behind[port]) next.observe(node.id, watermark)
        }
      })
    })
  }

  /** What happens to a message that leaves `port`. Each target but the last gets a copy, as in Node-RED. */
  route(node: FlowNode, port: number): (message: Message) => void {
    const takers = this.graph.targets(node, port).flatMap(target => {
      const out = this.options.outs.get(target)
      if (out) return [out]
      const stage = this.stages.get(target)
      return stage ? [(message: Message) => this.deliver(stage, target, message)] : []
    })
    if (takers.length === 1) return takers[0]
    return message => {
      for (let i = 0; i < takers.length; i++) takers[i](i + 1 < takers.length ? copy(message) : message)
    }
  }

  private deliver(stage: Stage, node: FlowNode, message: Message): void {
    const outcome = stage.receive(message)
    if (outcome === undefined) return
    if (outcome instanceof Error) return this.options.onBadRecord(outcome, node)
    this.pending++
    void outcome.then(error => {
      if (error) this.options.onBadRecord(error, node)
      if (--this.pending === 0) this.whenIdle?.()
    })
  }

  /** Resolves when no expression is waited for; `undefined` where none is now. */
  idle(): Promise<void> | undefined {
    if (this.pending === 0) return undefined
    return new Promise(resolve => {
      this.whenIdle = () => {
        this.whenIdle = undefined
        resolve()
      }
    })
  }

  /** The inputs have ended: every node emits what it holds, each before those it feeds. */
  async end(): Promise<void> {
    for (const node of this.order) {
      await this.idle()
      this.stages.get(node)?.flush()
    }
    await this.idle()
  }
}
