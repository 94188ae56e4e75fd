import type { Timestamp } from '../record'

/**
 * The watermark of a source that declares its own time: the largest time seen less the disorder allowed.
 * It starts at -infinity and never goes back.
 */
export class BoundedDisorder {
  watermark: Timestamp = -Infinity
  constructor(private readonly outOfOrderness: number) {}

  /** Takes the time of a record into account; returns the watermark after it. */
  observe(time: Timestamp): Timestamp {
    const next = time - this.outOfOrderness
    if (next > this.watermark) this.watermark = next
    return this.watermark
  }

  /** Event time is at least at `watermark`, whatever was seen. */
  raise(watermark: Timestamp): void {
    if (watermark > this.watermark) this.watermark = watermark
  }
}
