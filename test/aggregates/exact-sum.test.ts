import assert from 'node:assert/strict'
import fc from 'fast-check'
import { addExactly, type ExactSum, hasNotOverflowed, rounded } from '#engine/aggregates/accumulators/exact-sum'
import { exactSum, relativeError } from './exact'

function sumOf(numbers: readonly number[]): ExactSum {
  const sum: ExactSum = []
  for (const x of numbers) addExactly(sum, x)
  return sum
}

const doubles = fc.array(
  fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -60, max: 60 }))
    .map(([x, exponent]) => x * 2 ** exponent),
  { maxLength: 30 }
)

describe('an exact sum', () => {
  it('rounds to the nearest double', () => {
    fc.assert(
      fc.property(doubles, numbers => {
        const exact = exactSum(numbers)
        const sum = rounded(sumOf(numbers))
        if (exact.p === 0n) assert.equal(sum, 0)
        else assert.ok(relativeError(sum, exact) <= 2 ** -53, `off by ${relativeError(sum, exact)}`)
      })
    )
  })
  it('is the same in any order, and when something came and went', () => {
    fc.assert(
      fc.property(doubles, doubles, (numbers, others) => {
        const expected = rounded(sumOf(numbers))
        assert.equal(rounded(sumOf([...numbers].reverse())), expected)
        const visited = sumOf([...others, ...numbers])
        for (const x of others) addExactly(visited, -x)
        assert.equal(rounded(visited), expected)
      })
    )
  })
  it('has the known values of the tests of fsum in Python', () => {
    const cases: [number[], number][] = [
      [[], 0],
      [[0], 0],
      [[1e100, 1, -1e100, 1e-100, 1e50, -1, -1e50], 1e-100],
      [[2 ** 53, -0.5, -(2 ** -54)], 2 ** 53 - 1],
      [[2 ** 53, 1, 2 ** -100], 2 ** 53 + 2],
      [[2 ** 53 + 10, 1, 2 ** -100], 2 ** 53 + 12],
      [[2 ** 53 - 4, 0.5, 2 ** -54], 2 ** 53 - 3],
      [[1e16, 1, 1e-16], 10000000000000002],
      [[1e16 - 2, 1 - 2 ** -53, -(1e16 - 2), -(1 - 2 ** -53)], 0]
    ]
    for (const [numbers, expected] of cases) {
      assert.equal(rounded(sumOf(numbers)), expected)
      assert.equal(rounded(sumOf(numbers.map(x => -x))), 0 - expected)
    }
  })
  it('tells when it has overflowed', () => {
    assert.ok(hasNotOverflowed([]))
    assert.ok(hasNotOverflowed(sumOf([1e308, -1e308, 1e308])))
    assert.ok(!hasNotOverflowed(sumOf([1e308, 1e308])))
    assert.ok(!hasNotOverflowed(sumOf([1e308, 1e308, -1e308])))
    assert.equal(rounded(sumOf([1e308, 1e308])), Infinity)
  })
})
