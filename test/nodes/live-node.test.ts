import assert from 'node:assert/strict'
import type { Node, NodeAPI, NodeDef } from 'node-red'
import { readConfig } from '#engine/config/fields'
import { settingsFields } from '#engine/config/settings'
import { LiveNode } from '#engine/nodes/shared/live-node'
import type { NodeStatus } from '#engine/nodes/shared/status'
import type { Message } from '#engine/record'

const settings = readConfig(settingsFields, { store: 'off', time: 'payload.ts', timeType: 'msg', maxAhead: '' })
const RED = {
  _: (key: string) => key,
  settings: {},
  nodes: { getNode: () => ({ settings }), eachNode: () => undefined },
  events: { on: () => undefined }
} as unknown as NodeAPI
const status = { handled: () => undefined, touch: () => undefined, stop: () => undefined } as unknown as NodeStatus

/** A window of 10 ms that counts; `send` is where it sends to. */
function counting(send: (message: Message) => void): { live: LiveNode; errors: string[] } {
  const errors: string[] = []
  const node = {
    id: 'window',
    wires: [['next'], []],
    send: (message: Message | [null, Message]) => Array.isArray(message) || send(message),
    error: (text: string) => errors.push(text),
    context: () => ({ set: (_key: string, _value: unknown, done: () => void) => done() })
  } as unknown as Node
  const config = { settings: 'settings', size: '10ms', aggregates: [{ fn: 'count' }] } as unknown as NodeDef
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
    await new Promise(setImmediate)
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
  it('outlives a Catch node that cannot be told, because the message cannot be copied', async () => {
    const { live, errors } = counting(ignore)
    live.receive({ topic: 'a', payload: 'no time' }, () => {
      throw new Error('it cannot be copied')
    })
    assert.deepEqual(errors, ['it cannot be copied'])
    await live.close()
  })
})
