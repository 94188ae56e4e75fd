import type { Node, NodeAPI } from 'node-red'
import type { Stage } from '#engine/stage/stage'

const interval = 1000

/** The status line of a node: at most one update a second, the newest wins. */
export class NodeStatus {
  private timer: NodeJS.Timeout | undefined
  private next: (() => void) | undefined

  constructor(
    private readonly RED: NodeAPI,
    private readonly node: Node
  ) {}

  /** How many keys there are and what is open, or how many records were taken. */
  show(stage: Stage): void {
    this.later(() => {
      const { keys, open } = stage.holdings()
      const text =
        open > 0
          ? this.text('open', { keys, open })
          : keys > 0
            ? this.text('keys', { keys })
            : this.text('records', { records: stage.records })
      this.node.status({ fill: 'green', shape: 'dot', text })
    })
  }

  /** The last error. */
  fail(error: Error): void {
    this.later(() => this.node.status({ fill: 'red', shape: 'ring', text: error.message }))
  }

  private text(key: string, values: Record<string, number>): string {
    const translate = this.RED._ as unknown as (key: string, values: Record<string, number>) => string
    return translate(`node-red-contrib-stream-analytics/stream-settings:runtime.status.${key}`, values)
  }

  private later(update: () => void): void {
    if (this.timer !== undefined) {
      this.next = update
      return
    }
    update()
    this.timer = setTimeout(() => {
      this.timer = undefined
      const { next } = this
      this.next = undefined
      if (next) this.later(next)
    }, interval)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.next = undefined
  }
}
