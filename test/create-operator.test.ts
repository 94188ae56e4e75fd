import assert from 'node:assert/strict'
import { createOperator } from '#engine/create-operator'
import type { Output } from '#engine/operator'
import type { StreamRecord } from '#engine/record'

describe('an operator by name', () => {
  const record = (payload: number): StreamRecord => ({ value: { payload }, time: 0, key: null })
  const results: unknown[] = []
  const output: Output = { emit: ({ payload }) => void results.push(payload), divert: () => assert.fail() }

  it('takes a record whose expression was waited for, and no other', async () => {
    const operator = createOperator('map', { expression: '$eval("payload + 1")' })
    const [first, second] = [record(1), record(2)]
    const isRefused = (record: StreamRecord): void =>
      assert.throws(() => operator.process(record, output), /^Error: await prepare\(record\) before process/)
    isRefused(first)
    await operator.prepare(first)
    operator.process(first, output)
    isRefused(second)
    assert.deepEqual(results.splice(0), [2])
  })
  it('takes a record at once where nothing has to be waited for', () => {
    createOperator('map', { expression: 'payload + 1' }).process(record(1), output)
    assert.deepEqual(results.splice(0), [2])
  })
})
