import type { Timestamp } from '../record'

/**
 * A source that fell silent: after `idleTimeout` of the wall clock its watermark advances with the clock, from where it
 * stood.
 */
export class Idleness {
  /** What the wall clock showed last. */
  private now: Timestamp = -Infinity
  private heardAt: Timestamp = Infinity
  private stoodAt: Timestamp = -Infinity

  /** `idleTimeout` in ms; absent: the watermark waits for ever. */
  constructor(private readonly idleTimeout = Infinity) {}

  /** A record came, and the watermark is `watermark`. */
  heard(now: Timestamp, watermark: Timestamp): void {
    this.now = this.heardAt = now
    this.stoodAt = watermark
  }

  /** Where the watermark has come to by the clock; where that was put back, nobody waits for longer. */
  watermark(now: Timestamp): Timestamp {
    if (now < this.now) this.heardAt -= this.now - now
    this.now = now
    const silence = now - this.heardAt - this.idleTimeout
    return silence > 0 ? this.stoodAt + silence : -Infinity
  }

  /** When, by the wall clock, the watermark will come to `due`. */
  reaches(due: Timestamp): Timestamp {
    return this.heardAt + this.idleTimeout + Math.max(1, due - this.stoodAt)
  }
}
