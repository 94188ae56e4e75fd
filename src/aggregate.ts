import type { Timestamp } from './record'

/**
 * How partial results are made and put together: a commutative monoid over (value, time, arrival).
 * `create()` is its identity and `merge` is associative, so sessions merge, slices combine and windows slide by merging.
 * An accumulator is plain JSON data, updated in place.
 */
export interface Accumulation<A, V = number> {
  create(): A
  /** Takes one value that is not null; `arrival` numbers the records in the order they came. */
  add(into: A, value: V, time: Timestamp, arrival: number): void
  /** Adds all that `other` has seen; `other` stays as it is. */
  merge(into: A, other: A): void
  /** How many values `accumulator` holds; absent where it holds none but a fixed few numbers. */
  held?(accumulator: A): number
}

/** An accumulation and what is read from it. Aggregates of one accumulation and field share one accumulator. */
// An accumulator is opaque to everybody but its own accumulation: hence the `any`s, here and nowhere else.
/* eslint-disable @typescript-eslint/no-explicit-any */
export interface Aggregate<A = any> {
  accumulation: Accumulation<A, any>
  /** `number`: values are made numbers, or refused. `any`: they are taken as they come. */
  input: 'number' | 'any'
  /** The result; for no values `null`, or as the contract's table says. */
  result(accumulator: A): unknown
}
/* eslint-enable @typescript-eslint/no-explicit-any */

/** An aggregate of numbers. */
export function ofNumbers<A>(accumulation: Accumulation<A>, result: (accumulator: A) => unknown): Aggregate<A> {
  return { accumulation, input: 'number', result }
}

/** An aggregate of values of any kind. */
export function ofAny<A>(accumulation: Accumulation<A, unknown>, result: (accumulator: A) => unknown): Aggregate<A> {
  return { accumulation, input: 'any', result }
}
