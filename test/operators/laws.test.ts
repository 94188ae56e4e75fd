import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createOperator } from '#engine/create-operator'
import type { Operator, Output } from '#engine/operator'
import { specs } from '#engine/operators/index'
import type { Message, StreamRecord } from '#engine/record'

const everything = ['count', 'sum', 'mean', 'min', 'max', 'stddev', 'median', 'first', 'last'].map(fn => ({ fn }))

/** At least one configuration of every operator. */
const configurations: [string, Record<string, unknown>][] = [
  ['map', { expression: 'payload * 2', expressionType: 'js' }],
  ['filter', { condition: 'payload > 0', conditionType: 'js' }],
  ['count-window', { size: 3, aggregates: everything }],
  ['count-window', { size: 4, slide: 2, partial: true, aggregates: everything }],
  ['time-window', { size: '10s', aggregates: everything }],
  ['time-window', { windowType: 'hopping', size: '10s', slide: '2s', aggregates: everything }],
  ['time-window', { windowType: 'session', gap: '2s', aggregates: everything }],
  ['time-window', { size: '10s', keyType: 'none', aggregates: everything }],
  ['join', { mode: 'interval', joinType: 'inner', left: 'a', right: 'b', lower: '-3s', upper: '2s' }],
  ['stats', {}],
  ['stats', { scope: 'count', size: 3, aggregates: everything }],
  ['anomaly', { method: 'zscore', warmup: 2, window: 5 }],
  ['anomaly', { method: 'mad', warmup: 2, window: 5, alarm: 'change' }],
  ['anomaly', { method: 'auto', warmup: 2, window: 5 }],
  ['anomaly', { method: 'iqr', warmup: 2, window: 5, hold: 2 }],
  ['anomaly', { method: 'ewma', warmup: 2, window: 5, learn: false }],
  ['anomaly', { method: 'change', warmup: 2, window: 5, direction: 'low' }],
  ['anomaly', { method: 'seasonal', warmup: 2, window: 5, period: '8s' }],
  ['anomaly', { method: 'flatline', duration: '5s', low: -40 }],
  ['anomaly', { method: 'frequency', duration: '5s', alarm: 'change' }]
]

interface Step {
  record: { payload: number; topic: string; time: number }
}
const steps = fc.array(
  fc.record({
    record: fc.record({
      payload: fc.integer({ min: -50, max: 50 }),
      topic: fc.constantFrom('a', 'b', '__proto__'),
      time: fc.integer({ min: 0, max: 40_000 })
    })
  }),
  { maxLength: 40 }
)

/** Runs steps; watermarks follow 3 s behind. `each` may replace the operator between two steps. */
function outputOf(
  make: () => Operator,
  all: readonly Step[],
  each = (operator: Operator): Operator => operator
): string[] {
  let operator = make()
  let watermark = -Infinity
  const out: string[] = []
  const output: Output = {
    emit: (message, time, key) => out.push(JSON.stringify([1, message, time, key])),
    divert: (message, time, key) => out.push(JSON.stringify([2, message, time, key]))
  }
  for (const {
    record: { time, payload, topic }
  } of all) {
    const value: Message = { payload, topic }
    operator.process({ value, time, key: topic }, output)
    watermark = Math.max(watermark, time - 3000)
    operator.onWatermark(watermark, output)
    operator = each(operator)
  }
  operator.flush(output)
  return out
}

describe('every operator', () => {
  it('is in this suite', () => {
    assert.deepEqual([...new Set(configurations.map(([name]) => name))].sort(), Object.keys(specs).sort())
  })
  for (const [name, config] of configurations) {
    const make = (): Operator => createOperator(name, config)
    describe(`${name} ${JSON.stringify(config).slice(0, 60)}`, () => {
      it('gives the same output after a snapshot anywhere, through JSON text', () => {
        fc.assert(
          fc.property(steps, all => {
            const restored = outputOf(make, all, operator => {
              const fresh = make()
              fresh.restore(JSON.parse(JSON.stringify(operator.snapshot())))
              return fresh
            })
            assert.deepEqual(restored, outputOf(make, all))
          }),
          { numRuns: 40 }
        )
      })
      it('keeps a snapshot apart from what comes later', () => {
        const operator = make()
        const output: Output = { emit() {}, divert() {} }
        const record = (time: number): StreamRecord => ({ value: { payload: time, topic: 'a' }, time, key: 'a' })
        operator.process(record(1), output)
        const snapshot = operator.snapshot()
        const before = JSON.stringify(snapshot)
        operator.process(record(2), output)
        operator.onWatermark(50_000, output)
        assert.equal(JSON.stringify(snapshot), before)
      })
      it('is as new after a reset', () => {
        fc.assert(
          fc.property(steps, steps, (first, second) => {
            const used = make()
            outputOf(() => used, first)
            used.reset()
            assert.deepEqual(
              outputOf(() => used, second),
              outputOf(make, second)
            )
          }),
          { numRuns: 20 }
        )
      })
    })
  }
})
