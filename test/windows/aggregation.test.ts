import assert from 'node:assert/strict'
import { outcomeOf, payloads } from '../contract/one-node'

describe('the aggregates of a node', () => {
  it('tell a property and an expression of the same text apart', async () => {
    const aggregates = [
      { fn: 'sum', field: 'payload.a-b' },
      { fn: 'mean', field: 'payload.a-b', fieldType: 'jsonata' },
      { fn: 'max', field: 'payload.c' }
    ]
    const message = { b: 1, payload: { a: 3, 'a-b': 100, c: 7 } }
    const { out } = await outcomeOf({ type: 'stream-count-window', size: 2, aggregates }, {}, [message, message])
    assert.deepEqual(payloads(out), [{ sum: 200, mean: 2, max: 7 }])
  })
})
