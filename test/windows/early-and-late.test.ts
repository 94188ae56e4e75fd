import assert from 'node:assert/strict'
import { told } from './told'

describe('a result before the last one, or after it', () => {
  it('is a first one, not a correction, for a window from before the key was known', () => {
    const config = { size: 10, lateness: 30, emitEmpty: true }
    assert.deepEqual(told(config, [15, 25, 5, 6]), [[], ['a 10-20: 1'], ['a 0-10: 1'], ['a 0-10 correction: 2']])
  })
  it('is a correction for a window that was sent empty', () => {
    const config = { size: 10, lateness: 30, emitEmpty: true }
    assert.deepEqual(told(config, [5, 25, 15]), [[], ['a 0-10: 1', 'a 10-20: null'], ['a 10-20 correction: 1']])
  })
  it('is sent empty for each window after that of the first record, be it a late one', () => {
    const config = { size: 10, lateness: 30, emitEmpty: true }
    assert.deepEqual(told(config, [[25, 1, 'b'], 5, { watermark: 49 }]).slice(1), [
      ['a 0-10: 1'],
      ['b 20-30: 1', 'a 20-30: null', 'b 30-40: null', 'a 30-40: null', 'b 40-50: null', 'a 40-50: null']
    ])
  })
  it('is never sent for an empty cumulative window', () => {
    const config = { windowType: 'cumulative', size: 10, step: 5, emitEmpty: true }
    assert.deepEqual(told(config, [0, 20]), [[], ['a 0-5: 1', 'a 0-10: 1']])
  })
  it('comes at most once in `every`, also of two sessions that have become one', () => {
    const config = { windowType: 'session', gap: 4, emit: 'every', every: 4 }
    assert.deepEqual(told(config, [0, 8, 11, 4, 12], { outOfOrderness: 20 }), [
      ['a 0-4 early: 1'],
      ['a 8-12 early: 1'],
      [],
      [],
      ['a 0-16 early: 5']
    ])
    // the later one was there first
    assert.deepEqual(told(config, [8, 0, 4, 11, 12], { outOfOrderness: 20 }), [
      ['a 8-12 early: 1'],
      ['a 0-4 early: 1'],
      [],
      [],
      ['a 0-16 early: 5']
    ])
  })
})

describe('the value before a window', () => {
  it('is none where it lies within, as that of a session that is not kept any more may', () => {
    const aggregates = [{ fn: 'increase', field: 'payload.v' }]
    const config = { windowType: 'session', gap: 4, lateness: 1, aggregates }
    const steps = [[0, 7] as const, { watermark: 4 }, [1, 20] as const, [-1, 18] as const]
    assert.deepEqual(told(config, steps), [[], ['a 0-4: 0'], ['a 1-5: 13'], ['a -1-5 correction: 2']])
  })
})

describe('results of one time', () => {
  for (const [windowType, rows] of [
    ['sliding', ['a -5-5: 1', 'a 0-10: 2', 'b 0-10: 1']],
    ['session', ['a 5-20: 2', 'b 10-20: 1']]
  ] as const) {
    it(`come in the order in which keys were first seen, of ${windowType} windows too`, () => {
      const steps = [[5, 1], [10, 1, 'b'], [10, 1, 'a'], { watermark: 30 }] as const
      assert.deepEqual(told({ windowType, size: 10, gap: 10 }, steps, { outOfOrderness: 50 }).pop(), rows)
    })
  }
})
