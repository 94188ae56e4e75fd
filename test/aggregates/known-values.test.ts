import assert from 'node:assert/strict'
import type { Sighting, Span } from '#engine/aggregate'
import { aggregates } from '#engine/aggregates/index'
import { assertNear, resultOf, series, span } from './accumulate'
import { aggregationOf } from './windows'

const of = (fn: string, values: readonly unknown[], arg?: unknown): unknown =>
  resultOf(aggregates[fn](arg), series(values as number[]))
const hour = 3_600_000

/** Rows of [minute, value]. */
const readings = (...rows: [number, number][]): Sighting[] =>
  rows.map(([minute, value], arrival) => ({ value, time: 60_000 * minute, arrival }))
const hours = (from: number, to: number, before: Sighting | null = null): Span => ({
  start: from * hour,
  end: to * hour,
  before
})

describe('known values', () => {
  it('of the documentation of simple-statistics', () => {
    assert.equal(of('mode', [0, 0, 1]), 0)
    assert.equal(of('mad', [1, 1, 2, 2, 4, 6, 9]), 1)
    assert.equal(of('iqr', [0, 1, 2, 3]), 1.5)
    assert.equal(of('rms', [-1, 1, -1, 1]), 1)
    assertNear(of('skewness', [2, 4, 6, 3, 1]), 0.590128656384365, 1e-14)
    assertNear(of('kurtosis', [1, 2, 2, 3, 5]), 1.4555765595463122, 1e-14)
    assert.equal(of('percentile', [3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20], 50), 9)
  })
  it('of percentiles at whole ranks, without a rounding between', () => {
    const numbers = Array.from({ length: 101 }, (_, i) => i)
    for (let p = 0; p <= 100; p++) assert.equal(of('percentile', numbers, p), p)
  })
  it('too few values: null', () => {
    for (const fn of ['variance', 'stddev', 'slope', 'skewness', 'kurtosis']) assert.equal(of(fn, [1]), null)
    assert.equal(of('skewness', [1, 2]), null)
    assert.equal(of('kurtosis', [1, 2, 4]), null)
    for (const fn of ['variancePop', 'stddevPop', 'range', 'delta', 'increase', 'mad', 'iqr'])
      assert.equal(of(fn, [3]), 0)
  })
  it('slope of two values at one time is null', () => {
    const rows = [1, 2].map((value, arrival) => ({ value, time: 5, arrival }))
    assert.equal(resultOf(aggregates.slope(undefined), rows), null)
  })
  it('rate is per second of the window, and null where the window has no length', () => {
    assert.equal(resultOf(aggregates.rate(undefined), series([1, 2, 3]), { start: 0, end: 60_000, before: null }), 0.05)
    assert.equal(resultOf(aggregates.rate(undefined), series([1]), { start: 0, end: 0, before: null }), null)
    assert.equal(resultOf(aggregates.rate(undefined), [], { start: 0, end: 0, before: null }), 0)
  })
})

describe('values as they came', () => {
  it('numeric text stays text for first, last, mode and collect', () => {
    for (const fn of ['first', 'last', 'mode']) assert.equal(of(fn, ['1']), '1')
    assert.deepEqual(of('collect', ['1', 1, true, { a: 1 }]), ['1', 1, true, { a: 1 }])
  })
  it('1, "1" and true are three', () => {
    assert.equal(of('distinct', [1, '1', true, 1, '1', true]), 3)
    assert.equal(of('mode', [1, '1', '1', true]), '1')
    assert.equal(of('mode', [true, true, 1]), true)
  })
  it('text that looks like JSON is text', () => {
    for (const text of ['{"a":1}', '[1]', '"on"', 'null', '']) {
      assert.equal(of('mode', [text]), text)
      assert.equal(of('distinct', [text, text]), 1)
    }
    assert.equal(of('distinct', ['{"a":1}', { a: 1 }]), 2)
  })
  it('objects are equal where their JSON is', () => {
    assert.equal(of('distinct', [{ a: 1 }, { a: 1 }, { a: 2 }]), 2)
    assert.deepEqual(of('mode', [{ a: 1 }, { a: 2 }, { a: 1 }]), { a: 1 })
  })
  it('a Date counts as its text', () => {
    const time = new Date(0)
    assert.equal(of('mode', [time]), '1970-01-01T00:00:00.000Z')
    assert.equal(of('distinct', [time, '1970-01-01T00:00:00.000Z']), 1)
  })
  it('what JSON does not know counts as its text and stops nothing', () => {
    const circular: Record<string, unknown> = {}
    circular.self = circular
    assert.equal(of('distinct', [circular, 10n, () => 1]), 3)
    assert.equal(of('mode', [10n]), '10')
  })
  it('of equally frequent values mode is the smallest: false, true, numbers, text, lists, objects', () => {
    const order = [false, true, -1, 2, 10, '10', 'a', [1], { a: 1 }]
    order.forEach((value, i) => {
      assert.deepEqual(of('mode', order.slice(i)), value)
      assert.deepEqual(of('mode', order.slice(i).reverse()), value)
    })
  })
})

describe('a counter', () => {
  it('that falls began again at 0', () => assert.equal(of('increase', [5, 8, 2, 3]), 3 + 2 + 1))
  it('counts from the last value before the window, also where it fell since', () => {
    const before = { value: 100, time: -1, arrival: -1 }
    assert.equal(resultOf(aggregates.increase(undefined), series([104, 110]), { ...span, before }), 10)
    assert.equal(resultOf(aggregates.increase(undefined), series([4, 10]), { ...span, before }), 10)
  })
  it('that does not fall gives the plain difference, to the last digit', () => {
    assert.equal(of('increase', [0.1, 0.2, 0.3, 0.7]), 0.7 - 0.1)
  })
  it('adds up over windows without gaps', () => {
    const counts = [3, 7, 7, 12, 1, 4, 9, 0, 2, 30]
    const aggregate = aggregates.increase(undefined)
    let total = 0
    let before: Sighting | null = null
    for (let from = 0; from < counts.length; from += 3) {
      const rows = series(counts).slice(from, from + 3)
      total += resultOf(aggregate, rows, { ...span, before }) as number
      before = rows[rows.length - 1]
    }
    assert.equal(total, of('increase', counts))
    assert.equal(total, 4 + 0 + 5 + 1 + 3 + 5 + 0 + 2 + 28)
  })
})

describe('values that hold until the next', () => {
  it('a power in kW over hours is an energy in kWh', () => {
    const rows = readings([0, 2], [30, 4])
    assert.equal(resultOf(aggregates.integral(undefined), rows, hours(0, 1)), 3)
    assert.equal(resultOf(aggregates.integral('1m'), rows, hours(0, 1)), 180)
    assert.equal(resultOf(aggregates.timeMean(undefined), rows, hours(0, 1)), 3)
  })
  it('the last value before the window holds from its start', () => {
    const [before] = readings([-7, 6])
    assert.equal(resultOf(aggregates.timeMean(undefined), readings([30, 4]), hours(0, 1, before)), 5)
    assert.equal(resultOf(aggregates.integral(undefined), readings([30, 4]), hours(0, 1, before)), 5)
  })
  it('without one the mean is over the time covered', () => {
    assert.equal(resultOf(aggregates.timeMean(undefined), readings([30, 4], [45, 8]), hours(0, 1)), 6)
    assert.equal(resultOf(aggregates.integral(undefined), readings([30, 4], [45, 8]), hours(0, 1)), 3)
  })
  it('a mean over no time is null, an integral over it 0', () => {
    assert.equal(resultOf(aggregates.timeMean(undefined), readings([60, 4]), hours(0, 1)), null)
    assert.equal(resultOf(aggregates.integral(undefined), readings([60, 4]), hours(0, 1)), 0)
  })
  it('energies add up over adjacent windows', () => {
    const rows = readings([5, 1], [20, 3], [70, 2], [110, 8], [130, 0], [175, 4])
    const aggregate = aggregates.integral(undefined)
    let total = 0
    let before: Sighting | null = null
    for (let i = 0; i < 3; i++) {
      const within = rows.filter(({ time }) => time >= i * hour && time < (i + 1) * hour)
      total += resultOf(aggregate, within, hours(i, i + 1, before)) as number
      before = within[within.length - 1]
    }
    assertNear(total, resultOf(aggregate, rows, hours(0, 3)))
    assertNear(total, (15 * 1 + 50 * 3 + 40 * 2 + 20 * 8 + 45 * 0 + 5 * 4) / 60)
  })
  it('records outside of the window, as a window that counts may have, take no time away', () => {
    const rows = readings([-10, 5], [70, 7])
    const [before] = readings([-5, 100])
    assert.equal(resultOf(aggregates.integral('1m'), rows, hours(0, 1, before)), 400)
  })
})

/** Every aggregate of the field x, and count and rate of records. */
const resultFor = (values: readonly unknown[]): Record<string, unknown> => {
  const aggregation = aggregationOf([
    ...Object.keys(aggregates).map(fn => ({ fn, field: 'x', as: fn, arg: fn === 'percentile' ? 50 : undefined })),
    { fn: 'count', field: '', as: 'records' },
    { fn: 'rate', field: '', as: 'recordRate' }
  ])
  const accumulators = aggregation.create()
  values.forEach((x, i) => {
    aggregation.columns.read({ x })
    aggregation.add(accumulators, 100 * i, i)
  })
  return aggregation.result(accumulators, 0, 1000) as Record<string, unknown>
}

describe('numeric text and booleans', () => {
  it('are numbers for all but those that take values as they came', () => {
    const asTheyCame = ['first', 'last', 'mode', 'collect']
    const texts = resultFor(['1', true, '5', '2.5'])
    for (const [fn, value] of Object.entries(resultFor([1, 1, 5, 2.5]))) {
      if (!asTheyCame.includes(fn) && fn !== 'distinct') assert.deepEqual(texts[fn], value, fn)
    }
    assert.deepEqual(
      asTheyCame.map(fn => texts[fn]),
      ['1', '2.5', true, ['1', true, '5', '2.5']]
    )
    assert.equal(texts.distinct, 4)
  })
})

describe('null', () => {
  it('is skipped by every aggregate of a field; records count all the same', () => {
    const { records, recordRate, ...withNulls } = resultFor([1, 4, 9, 16])
    const { records: all, recordRate: allRate, ...same } = resultFor([1, 4, 9, 16, null, undefined])
    assert.deepEqual(same, withNulls)
    assert.deepEqual([records, recordRate, all, allRate], [4, 4, 6, 6])
  })
  it('only: as no rows', () => {
    const { records, recordRate, ...none } = resultFor([null, undefined])
    assert.deepEqual([records, recordRate], [2, 2])
    for (const [fn, value] of Object.entries(none)) {
      const expected = { count: 0, distinct: 0, rate: 0, collect: [] }[fn] ?? null
      assert.deepEqual(value, expected, fn)
    }
  })
})

describe('arguments', () => {
  it('percentile takes a number from 0 to 100, also as text', () => {
    assert.equal(of('percentile', [1, 2, 3], '50'), 2)
    assert.equal(of('percentile', [1, 2, 3], 0), 1)
    assert.equal(of('percentile', [1, 2, 3], 100), 3)
    for (const arg of [undefined, null, '', ' ', 'x', -1, 100.5, NaN, true, [50]])
      assert.throws(() => aggregates.percentile(arg), {
        name: 'ConfigError',
        message: /^arg must be a number from 0 to 100, got /
      })
  })
  it('integral takes a duration; nothing is an hour', () => {
    const power = readings([0, 60])
    for (const arg of [undefined, null, '', '1h', 3_600_000, '60 m'])
      assert.equal(resultOf(aggregates.integral(arg), power, hours(0, 1)), 60, JSON.stringify(arg))
    assert.equal(resultOf(aggregates.integral(1000), power, hours(0, 1)), 216_000)
    for (const arg of ['x', '0s', '-1h', 0, true, {}, ' '])
      assert.throws(() => aggregates.integral(arg), {
        name: 'ConfigError',
        message: /^arg must be a duration such as 1h, got /
      })
  })
})
