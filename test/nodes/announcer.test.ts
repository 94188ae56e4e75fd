import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { run } from '../examples/runtime'

const flow = [
  { id: 'settings', type: 'stream-settings', time: 'payload.ts', timeType: 'msg', maxAhead: '' },
  { id: 'tab', type: 'tab' },
  { id: 'filter', type: 'stream-filter', settings: 'settings', condition: 'payload.pass', wires: [['window'], []] },
  { id: 'window', type: 'stream-time-window', size: '1s', aggregates: [{ fn: 'count' }], wires: [['out'], ['late']] },
  { id: 'out', type: 'debug' },
  { id: 'late', type: 'debug' }
].map(node => ({ ...node, ...('size' in node || 'condition' in node ? { z: 'tab' } : {}) }))

const record = (ts: number, pass = true): Record<string, unknown> => ({ topic: 'a', payload: { ts, pass } })

describe('a watermark without a record', () => {
  for (const control of [{ reset: true }, { flush: true }])
    it(`is told no more once there was a ${Object.keys(control)[0]}: what comes then may be older`, async () => {
      const { send, shown, stop } = await run(flow)
      send('filter', record(1e12))
      send('filter', record(2e12, false))
      send('filter', control)
      const before = 'flush' in control ? 2 : 1
      await shown('out', before)
      send('filter', record(1e12))
      await setTimeout(1200)
      send('filter', record(1e12 + 500))
      send('filter', record(1e12 + 1000))
      const results = await shown('out', before + 1)
      assert.equal(results[before].payload, 2)
      await stop()
    })
})
