import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Aggregate, Sighting, Span } from '#engine/aggregate'

/** An accumulator with all of `rows`. */
export function accumulate({ accumulation }: Aggregate, rows: readonly Sighting[]): unknown {
  const accumulator: unknown = accumulation.create()
  for (const { value, time, arrival } of rows) accumulation.add(accumulator, value, time, arrival)
  return accumulator
}

/** An accumulator as the text of a snapshot. */
export const written = ({ accumulation }: Aggregate, accumulator: unknown): string =>
  JSON.stringify(accumulation.save?.(accumulator) ?? accumulator)

/** The way back from `written`. */
export function reread({ accumulation }: Aggregate, text: string): unknown {
  const saved: unknown = JSON.parse(text)
  return accumulation.load?.(saved) ?? saved
}

/** A span that holds all rows of `rowsOf`; without a value before it. */
export const span: Span = { start: 0, end: 1000, before: null }

export const resultOf = (aggregate: Aggregate, rows: readonly Sighting[], within: Span = span): unknown =>
  aggregate.result(accumulate(aggregate, rows), within, 0)

/** Numbers as rows, one a second; for what does not ask for their times. */
export const series = (numbers: readonly number[]): Sighting[] =>
  numbers.map((value, i) => ({ value, time: 1000 * i, arrival: i }))

const number = fc.integer({ min: -40, max: 40 }).map(n => n / 8)
const anything = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom<unknown>('1', '', 'on', '{"a":1}', '"on"', true, false, { a: 1 }, ['on'])
)

/** Some rows in the order they came, with values that an aggregate takes, many of one value or time. */
export const rowsOf = ({ input }: Aggregate): fc.Arbitrary<Sighting[]> =>
  fc
    .array(fc.tuple(input === 'number' ? number : anything, fc.integer({ min: 0, max: 40 })), { maxLength: 40 })
    .map(pairs => pairs.map(([value, place], arrival) => ({ value, time: 20 * place, arrival })))

/** A span of `rowsOf`, half of them with the key's last value before it. */
export const spanOf: fc.Arbitrary<Span> = fc
  .option(number)
  .map(value => ({ ...span, before: value === null ? null : { value, time: -500, arrival: -1 } }))

/** Equal; numbers up to a relative error. */
export function assertNear(actual: unknown, expected: unknown, tolerance = 1e-9): void {
  if (typeof actual !== 'number' || typeof expected !== 'number') return assert.deepEqual(actual, expected)
  const error = Math.abs(actual - expected)
  assert.ok(error <= tolerance * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`)
}
