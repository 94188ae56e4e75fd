import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Aggregate } from '#engine/aggregate'
import { aggregates } from '#engine/aggregates/index'

interface Row {
  value: number
  time: number
  arrival: number
}

const inOrder = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => a.time - b.time || a.arrival - b.arrival)
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const values = (rows: readonly Row[]): number[] => rows.map(({ value }) => value)
const squares = (rows: readonly Row[]): number => {
  const mean = sum(values(rows)) / rows.length
  return sum(values(rows).map(x => (x - mean) ** 2))
}
function quantile(rows: readonly Row[], p: number): number | null {
  const sorted = values(rows).sort((a, b) => a - b)
  if (sorted.length === 0) return null
  const at = p * (sorted.length - 1)
  const low = Math.floor(at)
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low])
}
const some =
  (of: (rows: readonly Row[]) => number) =>
  (rows: readonly Row[]): number | null =>
    rows.length === 0 ? null : of(rows)
const two =
  (of: (rows: readonly Row[]) => number) =>
  (rows: readonly Row[]): number | null =>
    rows.length < 2 ? null : of(rows)

/** What each aggregate means, as slowly and plainly as can be. */
const definitions: Record<string, (rows: readonly Row[]) => number | null> = {
  count: rows => rows.length,
  sum: some(rows => sum(values(rows))),
  mean: some(rows => sum(values(rows)) / rows.length),
  min: some(rows => Math.min(...values(rows))),
  max: some(rows => Math.max(...values(rows))),
  range: some(rows => Math.max(...values(rows)) - Math.min(...values(rows))),
  first: some(rows => inOrder(rows)[0].value),
  last: some(rows => inOrder(rows)[rows.length - 1].value),
  delta: some(rows => inOrder(rows)[rows.length - 1].value - inOrder(rows)[0].value),
  variance: two(rows => squares(rows) / (rows.length - 1)),
  stddev: two(rows => Math.sqrt(squares(rows) / (rows.length - 1))),
  variancePop: some(rows => squares(rows) / rows.length),
  stddevPop: some(rows => Math.sqrt(squares(rows) / rows.length)),
  median: rows => quantile(rows, 0.5),
  percentile: rows => quantile(rows, 0.9)
}

const rowsOf = fc
  .array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 20 })), { maxLength: 30 })
  .map(pairs => pairs.map(([value, time], arrival) => ({ value, time, arrival })))

function assertNear(actual: unknown, expected: number | null): void {
  if (expected === null || actual === null) assert.equal(actual, expected)
  else
    assert.ok(
      Math.abs((actual as number) - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
      `${JSON.stringify(actual)} is not ${expected}`
    )
}

function accumulate({ accumulation }: Aggregate, rows: readonly Row[]): unknown {
  const accumulator: unknown = accumulation.create()
  for (const { value, time, arrival } of rows) accumulation.add(accumulator, value, time, arrival)
  return accumulator
}

describe('every aggregate', () => {
  it('has its slow definition here', () =>
    assert.deepEqual(Object.keys(definitions).sort(), Object.keys(aggregates).sort()))
  for (const [name, define] of Object.entries(definitions)) {
    const aggregate = aggregates[name](90)
    const { accumulation } = aggregate
    const result = (accumulator: unknown): unknown =>
      aggregate.result(accumulator, { start: 0, end: 21, before: null }, 0)
    it(`${name} equals its definition, also of nothing`, () => {
      assertNear(result(accumulate(aggregate, [])), define([]))
      fc.assert(fc.property(rowsOf, rows => assertNear(result(accumulate(aggregate, rows)), define(rows))))
    })
    it(`${name} of parts merged in any order equals that of the whole, and leaves the parts as they are`, () => {
      fc.assert(
        fc.property(rowsOf, fc.integer({ min: 0, max: 30 }), fc.boolean(), (rows, at, isTurned) => {
          const parts = [accumulate(aggregate, rows.slice(0, at)), accumulate(aggregate, rows.slice(at))]
          if (isTurned) parts.reverse()
          const text = JSON.stringify(parts)
          const whole: unknown = accumulation.create()
          for (const part of parts) accumulation.merge(whole, part)
          assertNear(result(whole), define(rows))
          assert.equal(JSON.stringify(parts), text)
        })
      )
    })
  }
  it('stddev of 1e9 + {1..5} is that of {1..5}', () => {
    const rows = [1, 2, 3, 4, 5].map((x, i) => ({ value: 1e9 + x, time: i, arrival: i }))
    const stddev = aggregates.stddev(undefined)
    assert.equal(stddev.result(accumulate(stddev, rows), { start: 0, end: 5, before: null }, 0), Math.sqrt(2.5))
  })
})
