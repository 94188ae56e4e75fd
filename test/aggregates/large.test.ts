import assert from 'node:assert/strict'
import fc from 'fast-check'
import { modeOf, multiset } from '#engine/aggregates/accumulators/multiset'
import { byArrival, byTime } from '#engine/aggregates/accumulators/ordered'
import { SortedNumbers } from '#engine/aggregates/accumulators/sorted-numbers'
import { aggregates } from '#engine/aggregates/index'
import { accumulate, assertNear, resultOf, series, span } from './accumulate'
import { statistics } from './simple-statistics'

const numbersOf = (length: number, seed: number): number[] =>
  Array.from({ length }, (_, i) => Math.floor(1000 * Math.abs(Math.sin(seed + 7.1 * i))) / 4)
const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b)

/** Checks all that can be read against a plain sorted list. */
function assertHolds(sorted: SortedNumbers, expected: readonly number[]): void {
  assert.equal(sorted.length, expected.length)
  expected.forEach((value, rank) => assert.equal(sorted.at(rank), value, `rank ${rank}`))
  assert.deepEqual(sorted.toArray(), expected)
}

describe('sorted numbers of many blocks', () => {
  it('grow one by one and shrink to nothing', () => {
    const sorted = new SortedNumbers()
    const numbers = numbersOf(3000, 1)
    numbers.forEach((value, i) => {
      sorted.add(value)
      if (i % 10 === 0) sorted.at(0)
    })
    assertHolds(sorted, ascending(numbers))
    numbers.forEach((value, i) => {
      sorted.remove(value)
      if (i % 499 === 0) assertHolds(sorted, ascending(numbers.slice(i + 1)))
    })
    assertHolds(sorted, [])
    sorted.add(3)
    assertHolds(sorted, [3])
  })
  it('rise and fall as a queue', () => {
    const sorted = new SortedNumbers()
    const numbers = Array.from({ length: 4000 }, (_, i) => i)
    numbers.forEach(value => {
      sorted.add(value)
      if (value >= 1000) sorted.remove(value - 1000)
      if (value % 371 === 0) assertHolds(sorted, numbers.slice(Math.max(0, value - 999), value + 1))
    })
  })
  it('take and give up lists, long and short, and leave those as they are', () => {
    const sizes = fc.integer({ min: 0, max: 1200 })
    fc.assert(
      fc.property(sizes, sizes, fc.integer({ min: 0, max: 40 }), (many, more, few) => {
        const parts = [numbersOf(many, 1), numbersOf(more, 2), numbersOf(few, 3)]
        const whole = new SortedNumbers()
        for (const part of parts) {
          const other = new SortedNumbers()
          for (const value of part) other.add(value)
          whole.addAll(other)
          assert.deepEqual(other.toArray(), ascending(part))
        }
        assertHolds(whole, ascending(parts.flat()))
        for (const gone of [2, 1]) {
          const other = SortedNumbers.from(ascending(parts[gone]))
          whole.removeAll(other)
          assert.deepEqual(other.toArray(), ascending(parts[gone]))
          assertHolds(whole, ascending(parts.slice(0, gone).flat()))
        }
      }),
      { numRuns: 20 }
    )
  })
  it('are not changed by taking out what is not there', () => {
    for (const numbers of [[], [2], numbersOf(900, 4)]) {
      const sorted = SortedNumbers.from(ascending(numbers))
      for (const value of [-1, 0.125, 1e9]) sorted.remove(value)
      sorted.removeAll(SortedNumbers.from([-1, 0.125, 1e9]))
      sorted.removeAll(SortedNumbers.from(Array.from({ length: 500 }, (_, i) => i + 0.125)))
      assertHolds(sorted, ascending(numbers))
    }
  })
  it('do not tell -0 from 0, as JSON does not', () => {
    const sorted = new SortedNumbers()
    sorted.add(-0)
    assert.ok(Object.is(sorted.at(0), 0))
  })
  it('a list that was taken does not change with what took it', () => {
    const list = ascending(numbersOf(600, 5))
    const sorted = SortedNumbers.from(list)
    sorted.remove(list[0])
    sorted.add(-1)
    assert.deepEqual(list, ascending(numbersOf(600, 5)))
    assert.equal(sorted.at(0), -1)
  })
})

describe('aggregates of many values', () => {
  it('mad is that of simple-statistics, of even and odd numbers of values', () => {
    for (let length = 1; length < 700; length += length < 20 ? 1 : 61) {
      const numbers = numbersOf(length, length)
      assertNear(
        resultOf(aggregates.mad(undefined), series(numbers)),
        statistics.medianAbsoluteDeviation(numbers),
        1e-12
      )
    }
  })
  it('shape is that of simple-statistics', () => {
    const numbers = numbersOf(2000, 9).map(x => 1e6 + x * x)
    assertNear(resultOf(aggregates.skewness(undefined), series(numbers)), statistics.sampleSkewness(numbers), 1e-9)
    assertNear(resultOf(aggregates.kurtosis(undefined), series(numbers)), statistics.sampleKurtosis(numbers), 1e-9)
  })
  it('mode and distinct of a window that moves are those of each stretch', () => {
    const { accumulation, result } = aggregates.mode(undefined)
    const accumulator = accumulation.create() as unknown
    const numbers = numbersOf(600, 2).map(x => Math.floor(x / 8))
    numbers.forEach((value, i) => {
      accumulation.add(accumulator, value, i, i)
      if (i >= 50) accumulation.remove?.(accumulator, numbers[i - 50], i - 50, i - 50)
      const stretch = numbers.slice(Math.max(0, i - 49), i + 1)
      assert.equal(result(accumulator, span, 0), statistics.mode(stretch))
      assert.equal(aggregates.distinct(undefined).result(accumulator, span, 0), new Set(stretch).size)
    })
  })
  it('mode keeps no more than it needs, however often counts change', () => {
    const set = multiset.create()
    for (let i = 0; i < 5000; i++) {
      multiset.add(set, i % 5, i, i)
      if (i >= 20) multiset.remove?.(set, (i - 20) % 5, i, i)
      assert.equal(modeOf(set), 0)
      assert.ok((set.ranking?.length ?? 0) <= 2 * set.counts.size + 32)
    }
  })
})

describe('values in order', () => {
  const rows = Array.from({ length: 500 }, (_, i) => ({ value: i, time: (i * 37) % 251, arrival: i }))
  it('collect keeps arrival order whatever the times', () => {
    assert.deepEqual(
      resultOf(aggregates.collect(undefined), [...rows].reverse()),
      rows.map(row => row.value)
    )
  })
  it('a long queue gives its space back', () => {
    const queue = byArrival.create()
    for (const { value, time, arrival } of rows) {
      byArrival.add(queue, value, time, arrival)
      if (arrival >= 10) byArrival.remove?.(queue, value - 10, rows[arrival - 10].time, arrival - 10)
    }
    assert.deepEqual(
      queue.values.slice(queue.head),
      rows.slice(-10).map(row => row.value)
    )
    assert.ok(queue.values.length < 64, `${queue.values.length} are kept for 10`)
    assert.ok(
      queue.values.slice(0, queue.head).every(value => value === 0),
      'what was taken out can be collected'
    )
  })
  it('what is not there cannot be taken out', () => {
    const list = accumulate(aggregates.increase(undefined), rows.slice(0, 20)) as ReturnType<typeof byTime.create>
    byTime.remove?.(list, 0, 5, 999)
    byTime.remove?.(list, 0, 5000, 999)
    assert.equal(list.values.length, 20)
  })
  it('the newest value is the last by time, then arrival', () => {
    assert.equal(byTime.latest?.(byTime.create()), null)
    const list = byTime.create()
    byTime.add(list, 'later', 7, 1)
    byTime.add(list, 'earlier', 3, 2)
    byTime.add(list, 'last', 7, 3)
    byTime.add(list, 'between', 7, 2)
    assert.deepEqual(byTime.latest?.(list), { value: 'last', time: 7, arrival: 3 })
    assert.deepEqual(list.values, ['earlier', 'later', 'between', 'last'])
    byTime.remove?.(list, 'earlier', 3, 2)
    byTime.remove?.(list, 'later', 7, 1)
    byTime.remove?.(list, 'between', 7, 2)
    byTime.remove?.(list, 'last', 7, 3)
    assert.equal(byTime.latest?.(list), null)
  })
  it('results follow each change of the list', () => {
    const { accumulation, result } = aggregates.increase(undefined)
    const list = accumulation.create() as unknown
    const increase = (): unknown => result(list, span, 0)
    accumulation.add(list, 5, 10, 0)
    accumulation.add(list, 2, 20, 1)
    assert.equal(increase(), 2)
    accumulation.add(list, 4, 30, 2)
    assert.equal(increase(), 4)
    accumulation.add(list, 9, 15, 3)
    assert.equal(increase(), 4 + 2 + 2)
    accumulation.remove?.(list, 5, 10, 0)
    assert.equal(increase(), 2 + 2)
    accumulation.remove?.(list, 2, 20, 1)
    assert.equal(increase(), 4)
    accumulation.merge(list, accumulate(aggregates.increase(undefined), [{ value: 1, time: 1, arrival: 4 }]))
    assert.equal(increase(), 8 + 4)
  })
})
