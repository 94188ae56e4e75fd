import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { aggregates } from '#engine/aggregates/index'
import { accumulate, series } from './accumulate'
import { exactMean, exactSum, exactVariance, type Ratio, relativeError, rootOf } from './exact'
import { slide } from './windows'

const file = join(process.cwd(), '..', 'shared', 'nist', 'strd.json')
const names = ['Lew', 'Lottery', 'Mavro', 'Michelso', 'NumAcc1', 'NumAcc2', 'NumAcc3', 'NumAcc4', 'PiDigits']
const bar = 1e-12

/** A random number generator that gives the same numbers each time: G. Marsaglia, Xorshift RNGs (2003). */
function random(): () => number {
  let state = 88172645
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

const expectedOf = (data: readonly number[]): Record<string, Ratio> => ({
  sum: exactSum(data),
  mean: exactMean(data),
  stddev: rootOf(exactVariance(data))
})

function assertClose(result: (fn: string) => unknown, expected: Record<string, Ratio>): void {
  for (const [fn, value] of Object.entries(expected)) {
    const error = relativeError(result(fn) as number, value)
    assert.ok(error <= bar, `${fn} is off by ${error}`)
  }
}

describe('sum, mean and stddev of the NIST StRD univariate sets', () => {
  let sets: Record<string, { data: number[] }>
  before(function () {
    if (!existsSync(file)) this.skip()
    sets = (JSON.parse(readFileSync(file, 'utf8')) as { sets: typeof sets }).sets
  })
  it('are all here', () => assert.deepEqual(Object.keys(sets).sort(), names))

  for (const name of names) {
    it(`${name}: value by value, they are within 1e-12 of exact arithmetic`, () => {
      const { data } = sets[name]
      const cells = accumulate(aggregates.sum(undefined), series(data))
      assertClose(
        fn => aggregates[fn](undefined).result(cells, { start: 0, end: 0, before: null }, 0),
        expectedOf(data)
      )
    })
    it(`${name}: merged from random parts too`, () => {
      const { data } = sets[name]
      const expected = expectedOf(data)
      const { accumulation } = aggregates.sum(undefined)
      const next = random()
      for (let run = 0; run < 50; run++) {
        const parts = Array.from({ length: 2 + Math.floor(next() * 20) }, () => accumulation.create() as unknown)
        data.forEach((value, i) => accumulation.add(parts[Math.floor(next() * parts.length)], value, i, i))
        const whole = parts.reduce((into, part) => {
          accumulation.merge(into, part)
          return into
        })
        assertClose(fn => aggregates[fn](undefined).result(whole, { start: 0, end: 0, before: null }, 0), expected)
      }
    })
    it(`${name}: and in a window that slides, as soon as a spike of 1e16 has left`, () => {
      const { data } = sets[name]
      const size = Math.min(100, data.length)
      const rows = ['sum', 'mean', 'stddev'].map(fn => ({ fn }))
      const results = slide(rows, size, [1e16, ...data]) as Record<string, number>[]
      for (let end = size; end <= data.length; end += 1 + Math.floor(data.length / 50)) {
        assertClose(fn => results[end][fn], expectedOf(data.slice(end - size, end)))
      }
    })
  }
})
