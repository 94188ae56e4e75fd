import assert from 'node:assert/strict'
import { outcomeOf, payloads } from '../contract/one-node'

describe('the aggregates of a node', () => {
  const results = async (aggregates: object[], ...payloadsIn: unknown[]): Promise<unknown> => {
    const node = { type: 'stream-count-window', size: payloadsIn.length, aggregates }
    const { out } = await outcomeOf(
      node,
      {},
      payloadsIn.map(payload => ({ payload }))
    )
    return payloads(out)[0]
  }
  it('count the values of a field, whatever else reads it', async () => {
    const x = { field: 'payload.x' }
    const values = [{ x: 1, y: 5 }, { x: null, y: 6 }, { x: 3 }]
    for (const others of [[], ['median'], ['sum'], ['median', 'sum'], ['last']]) {
      const rows = [...others.map(fn => ({ fn, ...x })), { fn: 'count', ...x }]
      const found = (await results(rows, ...values)) as { count: number } | number
      assert.equal(typeof found === 'number' ? found : found.count, 2, others.join())
    }
    const ofBoth = [
      { fn: 'median', ...x },
      { fn: 'sum', field: 'payload.y' },
      { fn: 'count', ...x },
      { fn: 'count', field: 'payload.y', as: 'ys' },
      { fn: 'count', as: 'all' }
    ]
    assert.deepEqual(await results(ofBoth, ...values), { median: 2, sum: 11, count: 2, ys: 2, all: 3 })
  })
  it('take text for numbers where they are of numbers, and as it comes where they are of anything', async () => {
    const rows = ['median', 'max', 'last'].map(fn => ({ fn }))
    assert.deepEqual(await results(rows, '10', '9'), { median: 9.5, max: 10, last: '9' })
  })
  it('carry the last value of the fields that ask for it, and of no other', async () => {
    const rows = [
      { fn: 'increase', field: 'payload.x' },
      { fn: 'last', field: 'payload.y' }
    ]
    const node = { type: 'stream-count-window', size: 1, aggregates: rows }
    const { out } = await outcomeOf(
      node,
      {},
      [3, 5, 5.5].map(x => ({ payload: { x, y: -x } }))
    )
    assert.deepEqual(payloads(out), [
      { increase: 0, last: -3 },
      { increase: 2, last: -5 },
      { increase: 0.5, last: -5.5 }
    ])
  })
  it('name the setting that has a wrong field', async () => {
    const wrong = { fn: 'sum', field: '1 +', fieldType: 'jsonata' }
    await assert.rejects(results([wrong], 1), /aggregates must be a JSONata expression/)
    const stats = { type: 'stream-stats', value: '1 +', valueType: 'jsonata', aggregates: [{ fn: 'sum' }] }
    await assert.rejects(outcomeOf(stats, {}, []), /value must be a JSONata expression/)
  })
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
