import type { Timestamp } from '../../record'
import type { SavedAccumulators } from '../../windows/accumulators'
import type { Aggregation } from '../../windows/aggregation'
import { type SavedRecords, SlidingRecords } from '../../windows/sliding-records'

/** The records that a statistic is of. */
export interface Scope {
  /** How many they are. */
  readonly length: number
  /** How many records leave when one of `time` comes. */
  leaving(time: Timestamp): number
  /** Takes the record that was read last. */
  add(time: Timestamp, arrival: number): void
  /** The aggregates of all of them. */
  result(): unknown
  snapshot(): unknown
  restore(saved: unknown): void
}

/** All records there ever were. */
export function allRecords(aggregation: Aggregation): Scope {
  let all = aggregation.create()
  let first: Timestamp | null = null
  let last: Timestamp = -Infinity
  return {
    get length() {
      return aggregation.records(all)
    },
    leaving: () => 0,
    add(time, arrival) {
      aggregation.add(all, time, arrival)
      if (first === null || time < first) first = time
      if (time > last) last = time
    },
    result: () => aggregation.result(all, first ?? last, last),
    snapshot: () => ({ all: aggregation.save(all), first, last: first === null ? null : last }),
    restore(snapshot) {
      const saved = snapshot as { all: SavedAccumulators; first: Timestamp | null; last: Timestamp | null }
      all = aggregation.load(saved.all)
      first = saved.first
      last = saved.last ?? -Infinity
    }
  }
}

/** Records in a queue: how they enter, how many leave with a record of `time`, and where the window begins. */
interface Queue {
  add(window: SlidingRecords, time: Timestamp, arrival: number): void
  leaving(window: SlidingRecords, time: Timestamp): number
  start(window: SlidingRecords): Timestamp
}

function sliding(aggregation: Aggregation, { add, leaving, start }: Queue): Scope {
  const window = new SlidingRecords(aggregation)
  return {
    get length() {
      return window.length
    },
    leaving: time => leaving(window, time),
    add(time, arrival) {
      const old = leaving(window, time)
      add(window, time, arrival)
      for (let i = 0; i < old; i++) window.evict()
    },
    result: () => aggregation.result(window.total(), start(window), window.newest, window.carried),
    snapshot: () => window.snapshot(),
    restore: saved => window.restore(saved as SavedRecords)
  }
}

/** The last `size` records, in the order they came. */
export const lastRecords = (aggregation: Aggregation, size: number): Scope =>
  sliding(aggregation, {
    add: (window, time, arrival) => window.push(time, arrival),
    leaving: window => (window.length === size ? 1 : 0),
    start: window => window.oldest
  })

/** The records of the last `size` ms up to the newest one, both inclusive. */
export const recordsSince = (aggregation: Aggregation, size: number): Scope =>
  sliding(aggregation, {
    add: (window, time, arrival) => window.insert(time, arrival),
    // one that is older than all that counts leaves at once
    leaving: (window, time) => (window.length > 0 && time < window.newest - size ? 1 : window.countBefore(time - size)),
    start: window => window.newest - size
  })
