import assert from 'node:assert/strict'
import fc from 'fast-check'
import { add, dropBefore, find, load, oldestOf, save, sizeOf, takeOldest } from '#engine/operators/join/blocks'
import { Rows, type SavedRows } from '#engine/operators/join/rows'

interface Kept {
  time: number
  id: number
  isMatched: boolean
}

/** The same as a list that is sorted anew each time. */
class Plain {
  private rows: Kept[] = []
  add(time: number, id: number): void {
    this.rows = [...this.rows, { time, id, isMatched: false }].sort((a, b) => a.time - b.time)
  }
  find(from: number, to: number): Kept[] {
    const found = this.rows.filter(({ time }) => time >= from && time <= to)
    for (const row of found) row.isMatched = true
    return found
  }
  dropBefore(limit: number): number {
    const before = this.rows.length
    this.rows = this.rows.filter(({ time }) => time >= limit)
    return before - this.rows.length
  }
  takeOldest(): { count: number; unmatched: number[] } {
    const oldest = this.rows.filter(({ time }) => time === this.rows[0].time)
    this.rows = this.rows.slice(oldest.length)
    return { count: oldest.length, unmatched: oldest.filter(({ isMatched }) => !isMatched).map(({ id }) => id) }
  }
  get size(): number {
    return this.rows.length
  }
  get oldest(): number {
    return this.rows[0]?.time ?? Infinity
  }
}

const idsOf = (messages: readonly { payload?: unknown }[]): unknown[] => messages.map(({ payload }) => payload)
const time = fc.integer({ min: 0, max: 300 })
const range = fc.tuple(time, time).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])
const actions = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.constant('add' as const), fc.array(time, { minLength: 40, maxLength: 200 })) },
    { weight: 3, arbitrary: fc.tuple(fc.constant('find' as const), range) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('drop' as const), fc.integer({ min: 0, max: 120 })) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('take' as const), fc.constant(null)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('text' as const), fc.constant(null)) }
  ),
  { maxLength: 25, size: 'max' }
)

describe('rows in blocks', () => {
  it('are what a sorted list is, through any adding, finding, dropping, taking and saving', () => {
    let most = 0
    fc.assert(
      fc.property(actions, all => {
        let rows = new Rows(true)
        const plain = new Plain()
        let id = 0
        for (const [action, value] of all) {
          if (action === 'add') {
            for (const time of value) {
              add(rows, time, { payload: ++id }, false)
              plain.add(time, id)
            }
          } else if (action === 'find') {
            const found = find(rows, ...value)
            const expected = plain.find(...value)
            assert.deepEqual(
              found && idsOf(found.messages),
              expected.length > 0 ? expected.map(({ id }) => id) : undefined
            )
            assert.deepEqual(
              found?.times ?? [],
              expected.map(({ time }) => time)
            )
          } else if (action === 'drop') assert.equal(dropBefore(rows, value), plain.dropBefore(value))
          else if (action === 'text') rows = load(new Rows(true), JSON.parse(JSON.stringify(save(rows))) as SavedRows[])
          else if (plain.size > 0) {
            const { count, unmatched } = takeOldest(rows)
            assert.deepEqual({ count, unmatched: idsOf(unmatched) }, plain.takeOldest())
          }
          assert.equal(sizeOf(rows), plain.size)
          assert.equal(oldestOf(rows), plain.oldest)
          most = Math.max(most, rows.older.length)
        }
      }),
      { numRuns: 60 }
    )
    assert.ok(most > 5, `only ${most} blocks`)
  })
})
