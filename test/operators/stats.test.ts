import assert from 'node:assert/strict'
import { Driver } from '../windows/driver'

const aggregates = [
  { fn: 'collect', as: 'all' },
  { fn: 'first', field: 'meta', as: 'first' }
]

describe('statistics', () => {
  for (const scope of [{}, { scope: 'count', size: 5 }, { scope: 'time', size: '1h' }]) {
    it(`are not changed by who changes a message that was sent on: ${JSON.stringify(scope)}`, () => {
      const driver = new Driver('stats', { value: 'payload.v', aggregates, ...scope }, {})
      for (const x of [1, 2]) {
        driver.receive({ payload: { v: { x } }, meta: { x } })
        const sent = driver.sent.at(-1) as {
          value: { x: number }
          meta: { x: number }
          payload: { all: { x: number }[] }
        }
        if (x === 1) sent.value.x = sent.meta.x = sent.payload.all[0].x = -1
      }
      assert.deepEqual(driver.sent[1].payload, { all: [{ x: 1 }, { x: 2 }], first: { x: 1 } })
    })
  }
})
