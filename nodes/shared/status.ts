import type { Node, NodeAPI } from 'node-red'
import type { Stage } from '#engine/stage/stage'
import { words } from './words'

const interval = 1000

/** What the status line tells of. */
export interface Shown {
  readonly stage: Stage
  /** Late records that nobody took. */
  readonly lateRecords: number
}

/** The status line of a node: at most one update a second, the newest wins. */
export class NodeStatus {
  private timer: NodeJS.Timeout | undefined
  private isStale = false
  /** How the last message, or the start, went wrong. */
  private error: Error | undefined
  /** Messages that were refused. */
  private refused = 0
  private live: Shown | undefined

  constructor(
    private readonly RED: NodeAPI,
    private readonly node: Node
  ) {}

  /** Shows the state of `live` from now on. */
  show(live: Shown): void {
    this.live = live
    this.touch()
  }

  /** The node cannot work. */
  fail(error: Error): void {
    this.error = error
    this.touch()
  }

  /** A message was handled, or was refused; seen with the next `touch`. */
  handled(error: Error | undefined): void {
    this.error = error
    if (error) this.refused++
  }

  /** The state of the node has changed. */
  touch(): void {
    this.isStale = true
    if (this.timer === undefined) this.update()
  }

  private update(): void {
    this.timer = undefined
    if (!this.isStale) return
    this.isStale = false
    this.node.status(this.current())
    this.timer = setTimeout(() => this.update(), interval).unref()
  }

  private current(): Parameters<Node['status']>[0] {
    if (this.error || !this.live) return { fill: 'red', shape: 'ring', text: this.error?.message ?? '' }
    const { stage, lateRecords } = this.live
    const source = stage.waitsFor()
    if (source !== undefined) return { fill: 'yellow', shape: 'ring', text: this.waiting(source) }
    const { keys, open, warming } = stage.holdings()
    if (warming) {
      const [seen, needed] = warming
      return { fill: 'yellow', shape: 'ring', text: words(this.RED, 'status.warming', { seen, needed }) }
    }
    const { refused } = this
    const parts = [
      open > 0
        ? words(this.RED, 'status.open', { count: keys, open })
        : keys > 0
          ? words(this.RED, 'status.keys', { count: keys })
          : words(this.RED, 'status.records', { count: stage.records })
    ]
    if (lateRecords > 0) parts.push(words(this.RED, 'status.late', { late: lateRecords }))
    if (refused > 0) parts.push(words(this.RED, 'status.refused', { refused }))
    return { fill: lateRecords > 0 ? 'yellow' : 'green', shape: 'dot', text: parts.join(' · ') }
  }

  private waiting(source: string): string {
    const name = (this.RED.nodes.getNode(source) as Node | undefined)?.name
    return words(this.RED, 'status.waiting', { node: name || source })
  }

  stop(): void {
    clearTimeout(this.timer)
  }
}
