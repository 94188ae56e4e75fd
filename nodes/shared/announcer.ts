import type { Timestamp } from '#engine/record'
import { isRunning, linksOf, type StreamNode } from './network'

/** ms between two announcements. */
const interval = 1000

/** Runs `work` behind all messages that are on their way over so many nodes: each takes one turn of the event loop. */
function after(hops: number, work: () => void): void {
  setImmediate(() => (hops > 0 ? after(hops - 1, work) : work()))
}

/** Tells the stream nodes behind an output, at most once a second, that the watermark advanced without a record. */
export class Announcer {
  private readonly watermarks: [Timestamp, Timestamp] = [-Infinity, -Infinity]
  private timer: NodeJS.Timeout | undefined
  /** How often the stream has begun anew. */
  private beginnings = 0

  constructor(private readonly from: StreamNode) {}

  advance(port: 0 | 1, watermark: Timestamp): void {
    this.watermarks[port] = watermark
    this.timer ??= setTimeout(() => this.announce(), interval).unref()
  }

  /** The stream begins anew: what was not told yet, or is on its way, is true no more. */
  restart(): void {
    this.watermarks.fill(-Infinity)
    this.beginnings++
  }

  private announce(): void {
    this.timer = undefined
    const { from, beginnings } = this
    for (const port of [0, 1] as const) {
      const watermark = this.watermarks[port]
      this.watermarks[port] = -Infinity
      if (watermark === -Infinity) continue
      for (const { to, hops } of linksOf(from, port)) {
        after(hops, () => {
          if (isRunning(to) && beginnings === this.beginnings) to.observe(from.node.id, watermark)
        })
      }
    }
  }

  stop(): void {
    clearTimeout(this.timer)
  }
}
