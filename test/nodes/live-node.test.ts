import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Node, NodeAPI, NodeDef } from 'node-red'
import { readConfig } from '#engine/config/fields'
import { settingsFields } from '#engine/config/settings'
import { LiveNode } from '#engine/nodes/shared/live-node'
import type { NodeStatus } from '#engine/nodes/shared/status'
import type { Message } from '#engine/record'

const settings = readConfig(settingsFields, { time: 'payload.ts', timeType: 'msg', maxAhead: '' })
const RED = {
  _: (key: string) => key,
  settings: {},
  log: { info: () => undefined },
  nodes: {
    getNode: (id: string) => ({ settings: id === 'stateless' ? { ...settings, store: 'off' } : settings }),
    eachNode: () => undefined
  },
  events: { on: () => undefined }
} as unknown as NodeAPI
const status = { handled: () => undefined, touch: () => undefined, stop: () => undefined } as unknown as NodeStatus

/** Reads what is kept of a node; `take` is told of it. */
type Read = (key: string, take: (error: null, kept: unknown) => void) => void

/** A window of 10 ms that counts; `send` is where it sends to. Without `read` nothing is kept. */
function counting(send: (message: Message) => void, read?: Read): { live: LiveNode; errors: string[] } {
  const errors: string[] = []
  const node = {
    id: 'window',
    wires: [['next'], []],
    send: (message: Message | [null, Message]) => Array.isArray(message) || send(message),
    error: (text: string) => errors.push(text),
    context: () => ({ get: read, set: (_key: string, _value: unknown, done: () => void) => done() })
  } as unknown as Node
  const config = {
    settings: read ? 'lasting' : 'stateless',
    size: '10ms',
    aggregates: [{ fn: 'count' }]
  } as unknown as NodeDef
  return { live: new LiveNode(RED, node, 'time-window', config, status), errors }
}

const record = (ts: number, topic = 'a'): Message => ({ topic, payload: { ts } })
const ignore = (): void => undefined

describe('a node in Node-RED', () => {
  it('lets a message wait that comes back while another is handled, as where wires deliver at once', async () => {
    const sent: unknown[] = []
    const done: unknown[] = []
    const { live } = counting(({ topic, window }) => {
      sent.push(topic)
      const { end } = window as { end: number }
      if (end === 10) live.receive(record(end + 5, `${String(topic)} again`), () => done.push(topic))
    })
    for (const topic of ['a', 'b', 'c']) live.receive(record(1, topic), ignore)
    live.receive(record(10), ignore)
    assert.deepEqual([sent, done], [['a', 'b', 'c'], []])
    await nextTurn()
    assert.deepEqual(done, ['a', 'b', 'c'])
    live.receive(record(30), ignore)
    assert.deepEqual(sent.slice(3), ['a', 'a again', 'b again', 'c again'])
    await live.close()
  })
  it('tells of a message that cannot be sent, and sends the others', async () => {
    const sent: unknown[] = []
    const { live, errors } = counting(({ topic }) => {
      if (topic === 'b') throw new Error('it cannot be copied')
      sent.push(topic)
    })
    for (const topic of ['a', 'b', 'c']) live.receive(record(1, topic), ignore)
    const outcomes: unknown[] = []
    live.receive(record(10), error => outcomes.push(error))
    assert.deepEqual([sent, errors, outcomes], [['a', 'c'], ['it cannot be copied'], [undefined]])
    await live.close()
  })
  it('lets all that comes wait while its state is read, in its order, and refuses what is too much', async () => {
    const sent: unknown[] = []
    const outcomes: unknown[] = []
    let isRead: (() => void) | undefined
    const { live } = counting(
      ({ payload }) => sent.push(payload),
      (_key, take) => (isRead = () => take(null, undefined))
    )
    for (const ts of [1, 2, 10]) live.receive(record(ts), error => outcomes.push(error))
    for (let i = 0; i < 10_000; i++) live.receive(record(11), error => error && outcomes.push(error.message))
    await nextTurn()
    assert.deepEqual(sent, [])
    assert.deepEqual(
      new Set(outcomes),
      new Set(['queue allows 10000 messages that wait; one more was refused, got 10000'])
    )
    outcomes.length = 0
    isRead?.()
    await live.stage.settled
    assert.deepEqual([sent, outcomes], [[2], [undefined, undefined, undefined]])
    await live.close()
  })
  it('outlives a Catch node that cannot be told, because the message cannot be copied', async () => {
    const { live, errors } = counting(ignore)
    live.receive({ topic: 'a', payload: 'no time' }, () => {
      throw new Error('it cannot be copied')
    })
    assert.deepEqual(errors, ['it cannot be copied'])
    await live.close()
  })
})
