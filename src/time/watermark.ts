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
}

/**
 * The watermark of a node that several sources feed: the smallest of theirs.
 * A source that is expected but was not heard yet holds it at -infinity.
 */
export class MinimumWatermark {
  watermark: Timestamp = -Infinity
  private readonly inputs = new Map<string, Timestamp>()

  /** Names a source that will be heard. */
  expect(source: string): void {
    if (!this.inputs.has(source)) this.inputs.set(source, -Infinity)
  }

  /** One source has come to `watermark`; returns the smallest of all, which never goes back. */
  observe(source: string, watermark: Timestamp): Timestamp {
    const before = this.inputs.get(source)
    if (before === undefined || watermark > before) {
      this.inputs.set(source, watermark)
      let smallest = watermark
      if (this.inputs.size > 1) for (const other of this.inputs.values()) if (other < smallest) smallest = other
      if (smallest > this.watermark) this.watermark = smallest
    }
    return this.watermark
  }

  /** All sources are at least at `watermark`, whatever they said. */
  raise(watermark: Timestamp): void {
    for (const [source, at] of this.inputs) if (at < watermark) this.inputs.set(source, watermark)
    if (watermark > this.watermark) this.watermark = watermark
  }
}
