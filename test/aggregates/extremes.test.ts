import assert from 'node:assert/strict'
import { aggregates } from '#engine/aggregates/index'
import { toNumber } from '#engine/number'
import { accumulate, assertNear, reread, resultOf, series, span, written } from './accumulate'
import { args } from './definitions'
import { slide } from './windows'

const of = (fn: string, numbers: readonly number[]): unknown => resultOf(aggregates[fn](args[fn]), series(numbers))
const close = (actual: unknown, expected: number): void =>
  assert.ok(
    Math.abs((actual as number) - expected) <= 1e-15 * Math.abs(expected),
    `${String(actual)} is not ${expected}`
  )

describe('aggregates at the limits of doubles', () => {
  const hard = [
    [1e308, 1e308],
    [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MAX_VALUE],
    [5e-324, 1e-323],
    [-0, 0],
    [0, -0],
    [1e16, 1, -1e16],
    [1e200, -1e200, 3]
  ]
  for (const [fn, make] of Object.entries(aggregates)) {
    it(`${fn} is never NaN`, () => {
      for (const numbers of hard) {
        const aggregate = make(args[fn])
        assert.ok(!Number.isNaN(resultOf(aggregate, series(numbers))), JSON.stringify(numbers))
        const parts = numbers.map((_, i) => accumulate(aggregate, series(numbers).slice(i, i + 1)))
        const whole = aggregate.accumulation.create() as unknown
        for (const part of parts) aggregate.accumulation.merge(whole, part)
        assert.ok(!Number.isNaN(aggregate.result(whole, span, 0)), `merged ${JSON.stringify(numbers)}`)
      }
    })
    it(`${fn} comes back from a snapshot as it was`, () => {
      for (const numbers of hard) {
        const aggregate = make(args[fn])
        const accumulator = accumulate(aggregate, series(numbers))
        const again = reread(aggregate, written(aggregate, accumulator))
        // JSON has no -0
        assert.deepEqual(
          [aggregate.result(again, span, 0)].flat().map(plain),
          [aggregate.result(accumulator, span, 0)].flat().map(plain)
        )
      }
    })
  }
  const plain = (value: unknown): unknown => (value === 0 ? 0 : value)

  it('a sum that overflows is infinite, as a DOUBLE of SQL; the mean need not overflow', () => {
    assert.equal(of('sum', [1e308, 1e308]), Infinity)
    assert.equal(of('sum', [-1e308, -1e308]), -Infinity)
    assert.equal(of('mean', [1e308, 1e308]), 1e308)
    assert.equal(of('mean', [1.5e308, 1.7e308]), 1.6e308)
  })
  it('sums that overflow on both sides are null when merged', () => {
    const { accumulation, result } = aggregates.sum(undefined)
    const up = accumulate(aggregates.sum(undefined), series([1e308, 1e308]))
    accumulation.merge(up, accumulate(aggregates.sum(undefined), series([-1e308, -1e308])))
    assert.equal(result(up, span, 0), null)
  })
  it('a sum loses no small number between large ones', () => {
    assert.equal(of('sum', [1e16, 1, -1e16]), 1)
    assert.equal(of('sum', [1, 1e100, 1, -1e100]), 2)
    assert.equal(of('mean', [0.1, 0.2, 0.3, 0.4]), 0.25)
  })
  it('nor does it when it is merged from parts', () => {
    const numbers = [1, 1e100, 1, -1e100]
    for (let at = 1; at < numbers.length; at++) {
      for (const parts of [
        [numbers.slice(0, at), numbers.slice(at)],
        [numbers.slice(at), numbers.slice(0, at)]
      ]) {
        const [into, other] = parts.map(part => accumulate(aggregates.sum(undefined), series(part)))
        aggregates.sum(undefined).accumulation.merge(into, other)
        assert.equal(aggregates.sum(undefined).result(into, span, 0), 2)
      }
    }
  })
  it('whichever of the parts is the large one', () => {
    const { accumulation, result } = aggregates.sum(undefined)
    const [into, ...others] = [1, 1e100, 1, -1e100].map(x => accumulate(aggregates.sum(undefined), series([x])))
    for (const other of others) accumulation.merge(into, other)
    assert.equal(result(into, span, 0), 2)
  })
  it('an overflow of areas is gone with the values that made it', () => {
    const { accumulation, result } = aggregates.integral('1ms')
    const list = accumulation.create() as unknown
    const area = (): unknown => result(list, { start: 0, end: 40, before: null }, 0)
    accumulation.add(list, 1, 0, 0)
    accumulation.add(list, 2, 10, 1)
    assert.equal(area(), 10 + 60)
    accumulation.add(list, 1e308, 20, 2)
    accumulation.add(list, 3, 30, 3)
    assert.equal(area(), Infinity)
    accumulation.remove?.(list, 1e308, 20, 2)
    assert.equal(area(), 10 + 40 + 30)
    accumulation.add(list, 4, 20, 4)
    assert.equal(area(), 10 + 20 + 40 + 30)
  })
  it('rms of large and small numbers neither overflows nor vanishes', () => {
    close(of('rms', [1e200, 1e200]), 1e200)
    close(of('rms', [3e-200, 3e-200, 3e-200]), 3e-200)
    close(of('rms', [1, -1, 1, -1]), 1)
  })
  it('a percentile between two numbers that are further apart than the largest number is finite', () => {
    const { MAX_VALUE } = Number
    assert.equal(of('median', [-MAX_VALUE, MAX_VALUE]), 0)
    assert.equal(of('median', [-MAX_VALUE, -MAX_VALUE, MAX_VALUE, MAX_VALUE]), 0)
    close(of('percentile', [-MAX_VALUE, MAX_VALUE]), 0.8 * MAX_VALUE)
  })
  it('stddev of 1e9 + {1..5} is that of {1..5}, in any order of merging', () => {
    const numbers = [1, 2, 3, 4, 5].map(x => 1e9 + x)
    assert.equal(of('stddev', numbers), Math.sqrt(2.5))
    assert.equal(of('variancePop', numbers), 2)
    const { accumulation, result } = aggregates.stddev(undefined)
    const left = accumulate(aggregates.stddev(undefined), series(numbers.slice(3)))
    accumulation.merge(left, accumulate(aggregates.stddev(undefined), series(numbers.slice(0, 3))))
    assert.equal(result(left, span, 0), Math.sqrt(2.5))
  })
  it('slope does not suffer from times since 1970 or a high level', () => {
    const rows = Array.from({ length: 50 }, (_, i) => ({
      value: 1e12 + i / 1024,
      time: 1_700_000_000_000 + 500 * i,
      arrival: i
    }))
    assertNear(resultOf(aggregates.slope(undefined), rows), 2 / 1024, 1e-15)
    const { accumulation, result } = aggregates.slope(undefined)
    const late = accumulate(aggregates.slope(undefined), rows.slice(20))
    accumulation.merge(late, accumulate(aggregates.slope(undefined), rows.slice(0, 20)))
    assertNear(result(late, span, 0), 2 / 1024, 1e-15)
  })
  it('constant values have no skewness and no kurtosis', () => {
    assert.equal(of('skewness', [0.1, 0.1, 0.1, 0.1]), null)
    assert.equal(of('kurtosis', [0.1, 0.1, 0.1, 0.1, 0.1]), null)
  })
  it('the mean after a spike of 1e16 has left is that of what is there', () => {
    const fns = Object.keys(aggregates).filter(fn => fn !== 'integral' && fn !== 'percentile')
    const numbers = [1e16, 0.1, 0.7, 0.2, 0.4, 0.3]
    const rows = fns.map(fn => ({ fn }))
    const after = slide(rows, 3, numbers).slice(3) as Record<string, unknown>[]
    after.forEach((row, i) => {
      const [fresh] = slide(rows, 3, numbers.slice(i + 1, i + 4)).slice(2) as Record<string, unknown>[]
      // these two look back at what was before the window
      for (const fn of fns.filter(fn => fn !== 'increase' && fn !== 'timeMean')) assertNear(row[fn], fresh[fn], 1e-14)
    })
  })
  it('an empty text is no zero', () => {
    assert.throws(() => toNumber('', 'payload'), /payload must be a number, got ""/)
    assert.throws(() => toNumber('  ', 'payload'), /payload must be a number/)
    assert.equal(toNumber('0', 'payload'), 0)
  })
})
