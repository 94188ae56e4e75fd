import { type Accumulation, isBefore, type Sighting } from '../aggregate'
import type { Timestamp } from '../record'
import { toPlain } from '../state/plain'
import type { Columns } from './columns'

/** An accumulation that has an object of its own, and the column that it takes its values from. */
export interface Other {
  accumulation: Accumulation<unknown, unknown>
  column: number
  isNumber: boolean
}

/** For each of the others, the newest value of the key before a window. */
export type Carried = (Sighting | null)[]

/** Where there are none: shared by all, and nothing is ever put in. */
export const noOthers: unknown[] = []

/** The accumulators that are objects of their own, beside those of numbers; they are known by their places. */
export class Others {
  readonly length: number
  /** How many values one record adds to those that are held. */
  readonly heldPerRecord: number
  /** The places of those whose values can be taken out again without a trace, and of those that slide by merging. */
  readonly removable: readonly number[]
  readonly stacked: readonly number[]
  private readonly all: readonly number[]

  /** `carrying`: the places of those whose key's last value before the window is asked for. */
  constructor(
    private readonly list: readonly Other[],
    private readonly columns: Columns,
    private readonly carrying: readonly number[]
  ) {
    this.length = list.length
    this.heldPerRecord = list.filter(({ accumulation }) => accumulation.holds).length
    this.all = list.map((_, place) => place)
    this.removable = this.all.filter(place => list[place].accumulation.remove)
    this.stacked = this.all.filter(place => !list[place].accumulation.remove)
  }

  create(): unknown[] {
    return this.length === 0 ? noOthers : this.list.map(({ accumulation }) => accumulation.create())
  }

  /** Adds what was read last, to some of them or to all. */
  add(into: unknown[], time: Timestamp, arrival: number, which = this.all): void {
    for (const place of which) {
      const value = this.valueOf(this.list[place])
      if (value !== null) this.list[place].accumulation.add(into[place], value, time, arrival)
    }
  }

  /** Takes what was read last out of those that can forget it. */
  remove(from: unknown[], time: Timestamp, arrival: number): void {
    for (const place of this.removable) {
      const value = this.valueOf(this.list[place])
      if (value !== null) this.list[place].accumulation.remove?.(from[place], value, time, arrival)
    }
  }

  /** The value that one of them takes in what was read last; `null` where there is none. */
  private valueOf({ column, isNumber }: Other): unknown {
    if (!isNumber) return this.columns.values[column]
    const value = this.columns.numbers[column]
    return value === value ? value : null
  }

  /** Merges some of them or all. */
  merge(into: unknown[], other: readonly unknown[], which = this.all): void {
    for (const place of which) this.list[place].accumulation.merge(into[place], other[place])
  }

  /** Takes all that is in `other` out of those that can forget it. */
  removeAll(from: unknown[], other: readonly unknown[]): void {
    for (const place of this.removable) this.list[place].accumulation.removeAll?.(from[place], other[place])
  }

  /** Does a result ask for the key's last value before the window? */
  get carries(): boolean {
    return this.carrying.length > 0
  }

  /** Keeps the newest value of each that carries one into the next window. */
  carry(into: Carried, others: readonly unknown[]): void {
    for (const place of this.carrying) {
      const latest = this.list[place].accumulation.latest?.(others[place]) ?? null
      const known = into[place] ?? null
      if (latest !== null && (known === null || isBefore(known, latest))) into[place] = latest
    }
  }

  /** As plain JSON data. */
  save(others: readonly unknown[]): unknown[] {
    return others.map((other, place) => toPlain(this.list[place].accumulation.save?.(other) ?? other))
  }

  /** The way back. */
  load(saved: readonly unknown[]): unknown[] {
    return saved.map((other, place) => this.list[place].accumulation.load?.(other) ?? structuredClone(other))
  }
}
