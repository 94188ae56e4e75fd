import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createOperator } from '#engine/index'
import type { Message } from '#engine/record'
import { assertNear, resultOf, series } from './accumulate'
import { aggregates } from '#engine/aggregates/index'

/** The payloads of windows of 5 s over values that come one a second, the first 400 ms after the window began. */
function windowsOf(values: readonly number[], rows: readonly Record<string, unknown>[]): Record<string, number>[] {
  const operator = createOperator('time-window', { size: '5s', aggregates: rows })
  const payloads: Record<string, number>[] = []
  const output = {
    emit: (message: Message) => void payloads.push(message.payload as Record<string, number>),
    divert: () => assert.fail('nothing is late')
  }
  values.forEach((payload, i) => {
    operator.process({ value: { payload, topic: 'meter' }, time: 1000 * i + 400, key: 'meter' }, output)
    operator.onWatermark(1000 * i + 400, output)
  })
  operator.flush(output)
  return payloads
}

const total = (rows: Record<string, number>[], as: string): number => rows.reduce((sum, row) => sum + row[as], 0)
const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 40 })
describe('windows side by side', () => {
  it('together count what the counter rose', () => {
    fc.assert(
      fc.property(values, values =>
        assert.equal(
          total(windowsOf(values, [{ fn: 'increase', as: 'rise' }]), 'rise'),
          resultOf(aggregates.increase(undefined), series(values))
        )
      )
    )
  })
  it('together have the energy of the whole', () => {
    fc.assert(
      fc.property(values, values => {
        const end = 5000 * Math.ceil(values.length / 5)
        const whole = resultOf(aggregates.integral('1s'), series(values), { start: 0, end: end - 400, before: null })
        assertNear(total(windowsOf(values, [{ fn: 'integral', arg: '1s', as: 'energy' }]), 'energy'), whole)
      })
    )
  })
})
