import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Sighting } from '#engine/aggregate'
import { aggregates } from '#engine/aggregates/index'
import { accumulate, assertNear, reread, resultOf, rowsOf, span, spanOf, written } from './accumulate'
import { args, definitions } from './definitions'

/** Rows split at random; the parts in random order. */
const dealt = (rows: readonly Sighting[], deal: readonly number[]): Sighting[][] => {
  const parts: Sighting[][] = [[], [], []]
  rows.forEach((row, i) => parts[deal[i % deal.length]].push(row))
  return parts
}
const deals = fc.array(fc.nat(2), { minLength: 1, maxLength: 40 })

describe('every aggregate', () => {
  it('has its slow definition here', () =>
    assert.deepEqual(Object.keys(definitions).sort(), Object.keys(aggregates).sort()))

  for (const name of Object.keys(aggregates)) {
    const aggregate = aggregates[name](args[name])
    const { accumulation, result } = aggregate
    const define = definitions[name]
    const rows = rowsOf(aggregate)

    it(`${name} equals its definition, in whatever order values are added`, () => {
      fc.assert(
        fc.property(rows, spanOf, (rows, span) => {
          const expected = define(rows, span)
          assertNear(resultOf(aggregate, rows, span), expected)
          assertNear(resultOf(aggregate, [...rows].reverse(), span), expected)
        })
      )
    })
    it(`${name} of no rows is as the definition says, whatever was before`, () => {
      const before = { value: 7, time: -500, arrival: -1 }
      for (const within of [span, { ...span, before }])
        assert.deepEqual(resultOf(aggregate, [], within), define([], within))
    })
    it(`${name} of parts merged in any order is that of the whole, and leaves the parts as they are`, () => {
      fc.assert(
        fc.property(rows, deals, spanOf, (rows, deal, span) => {
          const parts = dealt(rows, deal).map(part => accumulate(aggregate, part))
          const texts = parts.map(part => written(aggregate, part))
          const left: unknown = accumulation.create()
          for (const part of parts) accumulation.merge(left, part)
          const right: unknown = accumulation.create()
          accumulation.merge(right, parts[1])
          accumulation.merge(right, parts[2])
          const all = accumulate(aggregate, [])
          accumulation.merge(all, right)
          accumulation.merge(all, parts[0])
          const expected = define(rows, span)
          assertNear(result(left, span, 0), expected)
          assertNear(result(all, span, 0), expected)
          assert.deepEqual(
            parts.map(part => written(aggregate, part)),
            texts
          )
        })
      )
    })
    it(`${name} goes on from what was written as from what was there, to the last digit`, () => {
      fc.assert(
        fc.property(rows, rows, spanOf, (before, after, span) => {
          const kept = accumulate(aggregate, before)
          const restored = reread(aggregate, written(aggregate, kept))
          for (const { value, time, arrival } of after) {
            for (const each of [kept, restored]) accumulation.add(each, value, time, arrival + before.length)
          }
          assert.deepEqual(result(restored, span, 0), result(kept, span, 0))
          assert.equal(written(aggregate, restored), written(aggregate, kept))
        })
      )
    })
    if (accumulation.remove === undefined) continue
    it(`${name} is as if what was taken out had never been there`, () => {
      fc.assert(
        fc.property(rows, deals, spanOf, fc.boolean(), (rows, deal, span, isReread) => {
          const [kept, ...gone] = dealt(rows, deal)
          let accumulator = accumulate(aggregate, rows)
          if (isReread) accumulator = reread(aggregate, written(aggregate, accumulator))
          for (const { value, time, arrival } of gone[0]) accumulation.remove?.(accumulator, value, time, arrival)
          accumulation.removeAll?.(accumulator, accumulate(aggregate, gone[1]))
          assertNear(result(accumulator, span, 0), define(kept, span))
          const never = accumulate(aggregate, kept)
          const order = (text: string): string =>
            name === 'mode' || name === 'distinct' ? [...text].sort().join('') : text
          assert.equal(order(written(aggregate, accumulator)), order(written(aggregate, never)))
        })
      )
    })
    it(`${name} of a window that moves is that of each stretch`, () => {
      fc.assert(
        fc.property(rows, fc.integer({ min: 1, max: 5 }), (rows, size) => {
          const accumulator = accumulate(aggregate, [])
          rows.forEach(({ value, time, arrival }, i) => {
            accumulation.add(accumulator, value, time, arrival)
            const left = rows[i - size]
            if (left !== undefined) accumulation.remove?.(accumulator, left.value, left.time, left.arrival)
            assertNear(result(accumulator, span, 0), define(rows.slice(Math.max(0, i - size + 1), i + 1), span))
          })
        })
      )
    })
  }
})
