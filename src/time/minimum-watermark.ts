import { finite, type Timestamp } from '../record'

interface Input {
  watermark: Timestamp
  /** When, by the wall clock, it was last heard. */
  heardAt: Timestamp
  isIdle: boolean
}

/**
 * The watermark of a node that several sources feed: the smallest of theirs, and it never goes back.
 * A source that is expected but was not heard yet holds it at -infinity; one that was silent for `idleTimeout` is left
 * out until it is heard again.
 */
export class MinimumWatermark {
  watermark: Timestamp = -Infinity
  private readonly inputs = new Map<string, Input>()
  /** What the wall clock showed last. */
  private now: Timestamp = -Infinity

  /** `idleTimeout` in ms of the wall clock; Infinity: nobody is left out. */
  constructor(private readonly idleTimeout: number) {}

  /** The node is fed by `sources`, each of which will be heard, and by none of `gone` any more. */
  rewire(gone: readonly string[], sources: readonly string[], now: Timestamp): void {
    this.moveTo(now)
    for (const source of gone) if (!sources.includes(source)) this.inputs.delete(source)
    for (const source of sources) {
      if (!this.inputs.has(source)) this.inputs.set(source, { watermark: -Infinity, heardAt: now, isIdle: false })
    }
    this.recompute()
  }

  /** One source has come to `watermark`. */
  observe(source: string, watermark: Timestamp, now: Timestamp): void {
    this.moveTo(now)
    const input = this.inputs.get(source)
    if (input === undefined) {
      this.inputs.set(source, { watermark, heardAt: now, isIdle: false })
      // one that was alone is left out only now
      this.leaveOutIdle(now)
      this.recompute()
      return
    }
    input.heardAt = now
    if (watermark <= input.watermark && !input.isIdle) return
    input.isIdle = false
    if (watermark > input.watermark) input.watermark = watermark
    this.recompute()
  }

  /** Leaves out the sources that are silent for too long by `now`, where there are several. */
  leaveOutIdle(now: Timestamp): void {
    this.moveTo(now)
    let isChanged = false
    for (const input of this.inputs.values()) {
      const isIdle = this.inputs.size > 1 && now - input.heardAt >= this.idleTimeout
      isChanged ||= isIdle !== input.isIdle
      input.isIdle = isIdle
    }
    if (isChanged) this.recompute()
  }

  /** The wall clock shows `now`; where it was put back, no source is waited for longer. */
  private moveTo(now: Timestamp): void {
    if (now < this.now) for (const input of this.inputs.values()) input.heardAt -= this.now - now
    this.now = now
  }

  private recompute(): void {
    let smallest = Infinity
    for (const { watermark, isIdle } of this.inputs.values()) if (!isIdle && watermark < smallest) smallest = watermark
    // where all are silent it stays
    if (smallest < Infinity) this.raise(smallest)
  }

  /** All sources are at least at `watermark`, whatever they said. */
  raise(watermark: Timestamp): void {
    if (watermark > this.watermark) this.watermark = watermark
  }

  /** When, by the wall clock, the next source will have been silent for too long; Infinity: never. */
  idleAt(): Timestamp {
    let earliest = Infinity
    if (this.inputs.size < 2) return earliest
    for (const { heardAt, isIdle } of this.inputs.values()) {
      if (!isIdle && heardAt + this.idleTimeout < earliest) earliest = heardAt + this.idleTimeout
    }
    return earliest
  }

  /** How many sources are known. */
  get size(): number {
    return this.inputs.size
  }

  /** The source that holds the watermark back, where there are several: one never heard before all others. */
  waitsFor(): string | undefined {
    if (this.inputs.size < 2) return undefined
    let slowest: string | undefined
    let at = Infinity
    for (const [source, { watermark, isIdle }] of this.inputs) {
      if (isIdle || watermark >= at) continue
      slowest = source
      at = watermark
    }
    return slowest
  }

  /** As plain data: the sources and how far they have come. */
  snapshot(): unknown {
    return [...this.inputs].map(([source, { watermark }]) => [source, finite(watermark)])
  }

  restore(saved: unknown, now: Timestamp): void {
    this.inputs.clear()
    this.watermark = -Infinity
    for (const [source, watermark] of saved as [string, Timestamp | null][]) {
      this.inputs.set(source, { watermark: watermark ?? -Infinity, heardAt: now, isIdle: false })
    }
    this.recompute()
  }
}
