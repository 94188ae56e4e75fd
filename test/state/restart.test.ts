import assert from 'node:assert/strict'
import fc from 'fast-check'
import { specs } from '#engine/operators/index'
import type { Message } from '#engine/record'
import { Stage } from '#engine/stage/stage'
import { fromText, toText } from '#engine/state/lines'
import { portsWith } from '../stage/ports'

/** A node by a clock that the test moves, which can be restarted. */
class Restartable {
  now = 0
  sent: unknown[] = []
  stage: Stage
  constructor(
    private readonly name: string,
    private readonly config: Record<string, unknown>,
    private readonly settings: Record<string, unknown> = {}
  ) {
    this.stage = this.make()
  }

  private make(): Stage {
    const send = (port: number, message: Message): void => void this.sent.push(structuredClone([port, message]))
    return new Stage(specs[this.name], this.config, portsWith(this.settings, { now: () => this.now, send }))
  }

  async restart(downFor = 0): Promise<void> {
    const text = [...toText(this.stage.snapshot())]
    this.now += downFor
    this.stage = this.make()
    this.stage.restore(await fromText(text))
  }

  receive(message: Message): void {
    const outcome = this.stage.receive(structuredClone(message))
    if (outcome !== undefined) this.sent.push(String(outcome))
  }
}

describe('a node that was down', () => {
  it('sends the arrival windows that ended meanwhile at once, in order, as partial ones', async () => {
    const config = { windowType: 'hopping', size: '20ms', slide: '10ms', aggregates: [{ fn: 'count' }] }
    const node = new Restartable('time-window', config, { timeType: 'arrival' })
    const arrivals = [
      [1, 'a'],
      [11, 'b'],
      [12, 'a']
    ] as const
    for (const [now, topic] of arrivals) {
      node.now = now
      node.receive({ topic, payload: 1 })
    }
    node.sent = []
    await node.restart(1000)
    assert.ok(node.stage.wakeAt() <= node.now)
    node.stage.tick()
    const told = (node.sent as [number, Message][]).map(([, { topic, payload, window }]) => [topic, payload, window])
    assert.deepEqual(told, [
      ['a', 2, { start: 0, end: 20, partial: true }],
      ['b', 1, { start: 0, end: 20, partial: true }],
      ['a', 1, { start: 10, end: 30, partial: true }],
      ['b', 1, { start: 10, end: 30, partial: true }]
    ])
  })
  it('ends a count window whose timeout has passed', async () => {
    const node = new Restartable('count-window', { size: 5, timeout: '10ms', aggregates: [{ fn: 'sum' }] })
    node.receive({ topic: 'a', payload: 7 })
    await node.restart(1000)
    assert.ok(node.stage.wakeAt() <= node.now)
    node.stage.tick()
    assert.deepEqual((node.sent as [number, Message][])[0][1].payload, 7)
  })
  it('keeps its watermark: what was late is late', async () => {
    const node = new Restartable('time-window', { size: '10ms' }, { time: 'ts', timeType: 'msg', maxAhead: '' })
    node.receive({ topic: 'a', payload: 1, ts: 100 })
    await node.restart()
    node.receive({ topic: 'a', payload: 1, ts: 5 })
    assert.equal((node.sent as [number, Message][])[0][0], 1)
  })
})

describe('a node, whatever its time comes from,', () => {
  const kinds: [title: string, settings: Record<string, unknown>][] = [
    ['a property', { time: 'ts', timeType: 'msg', outOfOrderness: '3ms', maxAhead: '' }],
    ['headers', { timeType: 'auto' }],
    ['its clock', { timeType: 'arrival' }]
  ]
  const step = fc.record({
    topic: fc.constantFrom('a', 'b'),
    payload: fc.integer({ min: -9, max: 9 }),
    ts: fc.integer({ min: 0, max: 60 }),
    after: fc.integer({ min: 0, max: 6 }),
    isRestart: fc.boolean(),
    source: fc.constantFrom('one', 'two')
  })
  for (const [title, settings] of kinds) {
    it(`sends the same, restarted anywhere: ${title}`, async () => {
      const batch = fc.boolean()
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 30 }), batch, async (steps, batch) => {
          const config = { size: '10ms', aggregates: [{ fn: 'sum' }, { fn: 'count' }], batch }
          const [node, twin] = [1, 2].map(() => new Restartable('time-window', config, settings))
          for (const { topic, payload, ts, after, isRestart, source } of steps) {
            const stream = { v: 1, source, time: ts, key: topic, before: ts - 10, watermark: ts - 9 }
            const message = {
              topic,
              payload: batch ? [payload, payload + 1] : payload,
              ts,
              ...(title === 'headers' && { stream })
            }
            for (const each of [node, twin]) {
              each.now += after
              each.stage.tick()
              each.receive(message)
            }
            if (isRestart) await node.restart()
          }
          for (const each of [node, twin]) each.receive({ flush: true })
          const told = ({ sent }: Restartable): string => JSON.stringify(sent).replaceAll(',"partial":true', '')
          assert.equal(told(node), told(twin))
        }),
        { numRuns: 200 }
      )
    })
  }
})
