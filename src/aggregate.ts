import type { Timestamp } from './record'

/** A value with its place in the stream: event time, ties by the order of arrival. */
export interface Sighting {
  value: unknown
  time: Timestamp
  arrival: number
}

/** Does `a` come before `b` in the stream? */
export const isBefore = (a: Sighting, b: Sighting): boolean =>
  a.time < b.time || (a.time === b.time && a.arrival < b.arrival)

/** What a result is for: [start, end) in ms, and the key's last value before it, where an aggregate asks for that. */
export interface Span {
  start: Timestamp
  end: Timestamp
  before: Sighting | null
}

/**
 * How partial results are made and put together: a commutative monoid over (value, time, arrival).
 * `create()` is its identity and `merge` is associative, so sessions merge, slices combine and windows slide by merging.
 * An accumulator is updated in place.
 */
export interface Accumulation<A, V = number> {
  create(): A
  /** Takes one value that is not null; `arrival` numbers the records in the order they came. */
  add(into: A, value: V, time: Timestamp, arrival: number): void
  /** Adds all that `other` has seen; `other` stays as it is and shares nothing that changes. */
  merge(into: A, other: A): void
  /**
   * Takes out what was added. Only where that leaves no trace at all, as in a multiset: everything else slides by
   * merging, never by subtracting.
   */
  remove?(from: A, value: V, time: Timestamp, arrival: number): void
  /** Takes out all that `other` has seen; there where `remove` is. */
  removeAll?(from: A, other: A): void
  /** The newest value; there where an aggregate carries it into the next window. */
  latest?(accumulator: A): Sighting | null
  /** An accumulator holds every value, which counts against the bound of held values. */
  readonly holds?: boolean
  /** An accumulator as plain JSON data; absent: it is such. */
  save?(accumulator: A): unknown
  /** The way back from `save`. */
  load?(saved: unknown): A
}

/** An accumulation and what is read from it. Aggregates of one accumulation and field share one accumulator. */
// An accumulator is opaque to everybody but its own accumulation: hence the `any`s, here and nowhere else.
/* eslint-disable @typescript-eslint/no-explicit-any */
export interface Aggregate<A = any> {
  accumulation: Accumulation<A, any>
  /** `number`: values are made numbers, or refused. `any`: they are taken as they come. */
  input: 'number' | 'any'
  /** Its accumulator is `{ n }`, the number of values; where no field is named, of records, null or not. */
  counts?: boolean
  /** The key's last value before the window counts: `span.before` has it. */
  carries?: boolean
  /**
   * The result; for no values `null`, or as the contract's table says.
   * `at`: where the accumulator begins, for those that lie together in one array.
   */
  result(accumulator: A, span: Span, at: number): unknown
}
/* eslint-enable @typescript-eslint/no-explicit-any */
