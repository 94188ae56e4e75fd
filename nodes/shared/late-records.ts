import type { Node, NodeAPI } from 'node-red'
import type { Key, Message } from '#engine/record'
import { headerOf } from '#engine/stage/header'
import { roughDuration } from '#engine/time/duration'
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
    const header = headerOf(message)
    if (header === undefined) return
    const { key, time, before = -Infinity, watermark = -Infinity, times } = header
    // of a batch, the watermark before an element is not known: the one after it has to do
    const by = times ? watermark - times.reduce((a, b) => Math.min(a, b), Infinity) : before - time
    // a join also sets aside what has no key, or is of neither side
    const late = (times ?? [time]).filter(time => time <= (times ? watermark : before)).length
    if (late === 0) return
    this.count += late
    this.untold += late
    const now = Date.now()
    if (now - this.warnedAt < minute) return
    this.warnedAt = now
    this.node.warn(words(this.RED, 'warning.late', { count: this.untold, behind: this.behind(by, key) }))
    this.untold = 0
  }

  private behind(ms: number, key: Key): string {
    const by = roughDuration(ms)
    const hasName = key !== null && key !== ''
    return hasName ? words(this.RED, 'warning.behindOfKey', { by, key }) : words(this.RED, 'warning.behind', { by })
  }
}
