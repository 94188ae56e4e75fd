import { packed, unpacked } from '../../state/packed'

const length = 1024
/** Of so many records one is compared. */
const pace = 4

/** The newest values. */
export class History {
  private values = new Float64Array(length)
  count = 0

  /** The value `ago` records before the next one (1: the last); defined for `ago` <= `known`. */
  ago(ago: number): number {
    return this.values[(this.count - ago) & (length - 1)]
  }

  get known(): number {
    return Math.min(this.count, length)
  }

  add(value: number): void {
    this.values[this.count++ & (length - 1)] = value
  }

  /** Mean absolute difference between the newer half of the values and those `lag` records before them. */
  differenceAt(lag: number): number {
    const { values, count } = this
    const half = this.known >> 1
    let sum = 0
    for (let i = count - half; i < count; i += pace) {
      sum += Math.abs(values[i & (length - 1)] - values[(i - lag) & (length - 1)])
    }
    return sum / Math.ceil(half / pace)
  }

  snapshot(): { values: string; count: number } {
    return { values: packed(this.values.subarray(0, this.known)), count: this.count }
  }

  restore({ values, count }: ReturnType<History['snapshot']>): void {
    this.values = new Float64Array(length)
    this.values.set(unpacked(values, Float64Array))
    this.count = count
  }
}
