import assert from 'node:assert/strict'
import { specs } from '#engine/operators/index'
import type { Message } from '#engine/record'
import type { StagePorts, Warning } from '#engine/stage/ports'
import { Stage } from '#engine/stage/stage'
import { portsWith } from './ports'

/** A window of 10 ms that counts, fed by stream nodes; what it sends is gathered. */
function counting(
  config: Record<string, unknown> = {},
  ports: Partial<StagePorts> = {}
): { stage: Stage; sent: Message[]; told: number[] } {
  const sent: Message[] = []
  const told: number[] = []
  const raw = { keyType: 'none', size: '10ms', aggregates: [{ fn: 'count' }], ...config }
  const all = portsWith(
    {},
    {
      isLive: false,
      send: (_port, message) => sent.push(message),
      advance: (port, watermark) => port === 0 && told.push(watermark),
      ...ports
    }
  )
  return { stage: new Stage(specs['time-window'], raw, all), sent, told }
}

const from = (source: string, time: number): Message => ({
  payload: 1,
  stream: { v: 1, source, time, key: null, watermark: time }
})

describe('a stage', () => {
  it('waits for every node that feeds it, also after a reset', () => {
    const { stage, sent } = counting()
    stage.expect(['a', 'b'])
    void stage.receive({ reset: true })
    sent.length = 0
    void stage.receive(from('a', 1))
    void stage.receive(from('a', 25))
    assert.equal(sent.length, 0, 'b was not heard yet')
    void stage.receive(from('b', 25))
    assert.deepEqual(
      sent.map(({ payload }) => payload),
      [1]
    )
  })
  it('tells those behind it how far time has come, also when a reset sets it back', () => {
    const { stage, told } = counting()
    void stage.receive(from('a', 1000))
    void stage.receive({ reset: true })
    void stage.receive(from('a', 3))
    assert.deepEqual(told, [1000, 3])
  })
  it('tells what went wrong with what time has brought, and no message has asked for', () => {
    const errors: string[] = []
    const send = (): never => assert.fail('no wire')
    const { stage } = counting({}, { send, failed: error => errors.push(error.message) })
    void stage.receive(from('a', 1))
    stage.observe('a', 1000)
    assert.deepEqual(errors, ['no wire'])
    const { stage: recorded } = counting({}, { send })
    void recorded.receive(from('a', 1))
    assert.throws(() => recorded.observe('a', 1000), /no wire/)
  })
  it('tells once that no record has a key, where something is kept for each', () => {
    for (const [type, told] of [
      ['count-window', 1],
      ['map', 0]
    ] as const) {
      const warnings: Warning[] = []
      const stage = new Stage(
        specs[type],
        { expression: 'payload', expressionType: 'js' },
        portsWith({}, { isLive: false, warn: warning => warnings.push(warning) })
      )
      for (let i = 0; i < 300; i++) assert.equal(stage.receive({ payload: i }), undefined)
      assert.deepEqual(warnings, Array(told).fill({ kind: 'noKey', records: 100 }), type)
    }
  })
  it('can be saved while it holds values with functions, which are left out', () => {
    for (const windowType of ['tumbling', 'session', 'sliding']) {
      const { stage } = counting({ windowType, gap: '10ms', aggregates: [{ fn: 'last' }, { fn: 'collect' }] })
      void stage.receive({ ...from('a', 1), payload: { x: 1, send: () => undefined } })
      assert.match(JSON.stringify(stage.snapshot()), /"x":1/, windowType)
    }
  })
})
