import assert from 'node:assert/strict'
import { estimate, median } from './statistics'

describe('the statistics of the benchmarks', () => {
  it('know the median of odd and even many values, in any order', () => {
    assert.deepEqual([median([3, 1, 2]), median([4, 1, 3, 2])], [2, 2.5])
  })
  it('bound the median of 15 values by the 4th and the 12th, at 96.5 % (tables of the sign test)', () => {
    const { median, low, high, confidence } = estimate([...Array(15).keys()].reverse())
    assert.deepEqual([median, low, high], [7, 3, 11])
    assert.equal(confidence.toFixed(4), '0.9648')
  })
  it('bound it by the smallest and largest where values are few, and say how sure that is', () => {
    assert.deepEqual(estimate([2, 1, 3]), { median: 2, low: 1, high: 3, confidence: 0.75 })
    assert.ok(estimate([1, 2, 3, 4, 5, 6]).confidence > 0.95)
  })
})
