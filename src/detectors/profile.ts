import type { Timestamp } from '../record'
import { packed, unpacked } from '../state/packed'

/** What a `Profile` remembers. */
export interface ProfileSnapshot {
  means: string
  visits: string
  slot: number
  sum: number
  count: number
}

/**
 * What is usual at each part of a cycle: `slots` equal parts of `period` ms since the epoch, each with the mean of
 * its visits. Only visits that are over count, so that a value is never compared with what came minutes before it.
 */
export class Profile {
  private means: Float64Array
  private visits: Uint8Array
  /** The visit that goes on. */
  private slot = -1
  private sum = 0
  private count = 0
  /** The time that was asked for last, and its slot. */
  private time = NaN
  private slotAtTime = 0

  /** `weight` in (0, 1] is that of the newest visit; the first ones count alike. */
  constructor(
    private readonly period: number,
    private readonly slots: number,
    private readonly weight: number
  ) {
    this.means = new Float64Array(slots).fill(NaN)
    this.visits = new Uint8Array(slots)
  }

  private slotOf(time: Timestamp): number {
    // a value is scored and learnt at one time
    if (time === this.time) return this.slotAtTime
    const { period, slots } = this
    // in whole ms, so that a time on the border of two parts is never taken for the one before it
    const rest = time - Math.floor(time / period) * period
    this.time = time
    return (this.slotAtTime = Math.max(0, Math.min(slots - 1, Math.floor((rest * slots) / period))))
  }

  /** The mean at `time`; NaN where that part of the cycle was not visited before. */
  at(time: Timestamp): number {
    return this.means[this.slotOf(time)]
  }

  add(value: number, time: Timestamp): void {
    const slot = this.slotOf(time)
    if (slot !== this.slot) {
      if (this.count > 0) this.endVisit()
      this.slot = slot
    }
    this.sum += value
    this.count++
  }

  private endVisit(): void {
    const { slot, means, visits } = this
    const mean = this.sum / this.count
    const weight = Math.max(this.weight, 1 / (visits[slot] + 1))
    means[slot] = visits[slot] === 0 ? mean : means[slot] + weight * (mean - means[slot])
    if (visits[slot] < 255) visits[slot]++
    this.sum = this.count = 0
  }

  snapshot(): ProfileSnapshot {
    const { slot, sum, count } = this
    return { means: packed(this.means), visits: packed(this.visits), slot, sum, count }
  }

  restore({ means, visits, slot, sum, count }: ProfileSnapshot): void {
    this.means = unpacked(means, Float64Array)
    this.visits = unpacked(visits, Uint8Array)
    this.slot = slot
    this.sum = sum
    this.count = count
  }
}
