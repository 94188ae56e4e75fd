import type { Timestamp } from '../record'

/**
 * A source that fell silent: after `idleTimeout` of the wall clock its watermark advances with the clock, from where it
 * stood.
 */
export class Idleness {
  private heardAt: Timestamp = Infinity
  private stoodAt: Timestamp = -Infinity

  /** `idleTimeout` in ms; absent: the watermark waits for ever. */
  constructor(private readonly idleTimeout = Infinity) {}

  /** A record came, and the watermark is `watermark`. */
  heard(now: Timestamp, watermark: Timestamp): void {
    this.heardAt = now
    this.stoodAt = watermark
  }

  /** Where the watermark has come to by the clock. */
  watermark(now: Timestamp): Timestamp {
    const silence = now - this.heardAt - this.idleTimeout
    return silence > 0 ? this.stoodAt + silence : -Infinity
  }

  /** When, by the wall clock, the watermark will come to `due`. */
  reaches(due: Timestamp): Timestamp {
    return this.heardAt + this.idleTimeout + Math.max(1, due - this.stoodAt)
  }
}
