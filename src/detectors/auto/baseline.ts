/** Exponentially weighted mean and deviation, and the range of all values: what the other parts measure against. */
export class Baseline {
  count = 0
  mean = 0
  private variance = 0
  private deviation = 1
  low = Infinity
  high = -Infinity

  /** `weight` of the newest value; the first ones count alike. */
  constructor(private readonly weight: number) {}

  /** `distance` in deviations, clipped so that its square is a number; of a constant past: in its own unit. */
  inDeviations(distance: number): number {
    return Math.max(-1e9, Math.min(1e9, distance / this.deviation))
  }

  private setVariance(variance: number): void {
    this.variance = variance
    this.deviation = variance > 0 ? Math.sqrt(variance) : 1
  }

  get range(): number {
    return this.high - this.low
  }

  add(value: number): void {
    const weight = Math.max(this.weight, 1 / ++this.count)
    const distance = value - this.mean
    this.mean += weight * distance
    this.setVariance((1 - weight) * Math.min(Number.MAX_VALUE, this.variance + weight * distance * distance))
    if (value < this.low) this.low = value
    if (value > this.high) this.high = value
  }

  snapshot(): number[] | null {
    return this.count === 0 ? null : [this.count, this.mean, this.variance, this.low, this.high]
  }

  restore(saved: ReturnType<Baseline['snapshot']>): void {
    ;[this.count, this.mean, this.variance, this.low, this.high] = saved ?? [0, 0, 0, Infinity, -Infinity]
    this.setVariance(this.variance)
  }
}
