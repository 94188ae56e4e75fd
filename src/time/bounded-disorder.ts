import type { Timestamp } from '../record'

/**
 * The watermark of a source that declares its own time: the largest time seen less the disorder allowed.
 * It starts at -infinity and never goes back.
 */
export class BoundedDisorder {
  watermark: Timestamp = -Infinity
  constructor(private readonly outOfOrderness: number) {}

  /** Takes the time of a record into account. */
  observe(time: Timestamp): void {
    this.raise(time - this.outOfOrderness)
  }

  /** Event time is at least at `watermark`, whatever was seen. */
  raise(watermark: Timestamp): void {
    if (watermark > this.watermark) this.watermark = watermark
  }
}
