import type { Node, NodeAPI } from 'node-red'
import type { Message } from '#engine/record'
import { headerOf } from '#engine/stage/header'
import { formatDuration } from '#engine/time/duration'
import { words } from './words'

const minute = 60_000

/** Late records that nobody takes, because output 2 has no wire: they are counted, and told once a minute. */
export class LateRecords {
  count = 0
  private warnedAt = -Infinity
  private untold = 0

  constructor(
    private readonly RED: NodeAPI,
    private readonly node: Node
  ) {}

  /** Output 2 sends `message`. */
  see(message: Message): void {
    const { wires } = this.node as unknown as { wires?: string[][] }
    if ((wires?.[1]?.length ?? 0) > 0) return
    const { key = null, time = NaN, before = NaN } = headerOf(message) ?? {}
    // a join also sets aside what has no key, or is of neither side
    if (!(time <= before)) return
    this.count++
    this.untold++
    const now = Date.now()
    if (now - this.warnedAt < minute) return
    this.warnedAt = now
    const by = formatDuration(before - time)
    this.node.warn(words(this.RED, 'warning.late', { count: this.untold, key: String(key), by }))
    this.untold = 0
  }
}
