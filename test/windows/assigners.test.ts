import assert from 'node:assert/strict'
import fc from 'fast-check'
import { cumulative, hopping, startOf, tumbling } from '#engine/windows/assigners'

/** The definition, in whole numbers of any size. */
function exactStart(time: number, length: number, offset: number): number {
  const [t, l, o] = [time, length, offset].map(BigInt)
  return Number(t - ((((t - o) % l) + l) % l))
}

describe('where windows lie', () => {
  it('is start = t - floorMod(t - offset, length), for all times and lengths', () => {
    const time = fc.oneof(fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.integer({ min: -100, max: 100 }))
    const length = fc.oneof(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 1, max: 20 }))
    fc.assert(
      fc.property(time, length, fc.integer({ min: -1e9, max: 1e9 }), (time, length, offset) =>
        assert.equal(startOf(time, length, offset), exactStart(time, length, offset))
      ),
      { numRuns: 2000 }
    )
  })
  it('is right at the edges of pieces, also where time ends', () => {
    for (const length of [1, 3, 7, 10, 49, 1000]) {
      for (const edge of [8_639_999_999_999_000, -8_639_999_999_999_000, 4_503_599_627_370_496]) {
        const start = exactStart(edge, length, 0)
        for (const time of [start - 1, start, start + length - 1, start + length])
          assert.equal(startOf(time, length, 0), exactStart(time, length, 0))
      }
    }
  })
  it('is asked for again and again, in any order', () => {
    const hop = hopping(20, 5, 2)
    for (const time of [7, 11, 12, 16, 6, 7, 2, 1, 100, 7]) {
      assert.equal(hop.slice(time), exactStart(time, 5, 2))
      assert.equal(hop.lastEnd(hop.slice(time)), exactStart(time, 5, 2) + 20)
    }
    const day = cumulative(20, 5, 2)
    for (const time of [7, 11, 21, 22, 1, 41, 42, 7]) {
      assert.equal(day.lastEnd(day.slice(time)), exactStart(time, 20, 2) + 20)
      assert.equal(day.start(day.slice(time) + 5), exactStart(time, 20, 2))
    }
  })
  it('tells whether no two of them overlap', () => {
    assert.deepEqual(
      [tumbling(10), hopping(10, 10), hopping(10, 5), cumulative(10, 5), cumulative(10, 10)].map(
        ({ isTumbling }) => isTumbling
      ),
      [true, true, false, false, true]
    )
  })
  it('is refused where a size is no multiple of slide or step', () => {
    assert.throws(() => hopping(10, 3), { name: 'ConfigError', message: 'slide must divide size (10 ms), got 3' })
    assert.throws(() => cumulative(10, 4), { name: 'ConfigError', message: 'step must divide size (10 ms), got 4' })
  })
})
