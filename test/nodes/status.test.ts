import assert from 'node:assert/strict'
import { mock } from 'node:test'
import type { Node, NodeAPI } from 'node-red'
import { NodeStatus } from '#engine/nodes/shared/status'

/** The status line of a node that is as `state` says, and what it has shown. */
function shown() {
  const state = { keys: 0, open: 0, lateRecords: 0, warming: undefined as [number, number] | undefined, waitsFor: '' }
  const told: string[] = []
  const RED = {
    _: (key: string, values: object) => [key.replace(/^.*\./, ''), ...(Object.values(values) as unknown[])].join(' '),
    nodes: { getNode: (id: string) => ({ name: id === 'known' ? 'boiler' : '' }) }
  }
  const node = {
    status: ({ fill, shape, text }: Record<string, string>) => told.push(`${fill} ${shape}: ${text}`)
  }
  const stage = { records: 7, holdings: () => state, waitsFor: () => state.waitsFor || undefined }
  const live = {
    stage,
    get lateRecords() {
      return state.lateRecords
    }
  }
  const status = new NodeStatus(RED as unknown as NodeAPI, node as unknown as Node)
  status.show(live as unknown as Parameters<NodeStatus['show']>[0])
  return { state, told, status }
}

describe('the status line', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  it('tells of records, then of keys, then of what is open', () => {
    const { state, told, status } = shown()
    state.keys = 2
    status.touch()
    mock.timers.tick(1000)
    state.open = 3
    status.touch()
    mock.timers.tick(1000)
    assert.deepEqual(told, ['green dot: records 7', 'green dot: keys 2', 'green dot: open 2 3'])
  })
  it('changes at most once a second, and then to the newest', () => {
    const { state, told, status } = shown()
    for (state.keys = 1; state.keys < 100; state.keys++) status.touch()
    mock.timers.tick(999)
    assert.equal(told.length, 1)
    mock.timers.tick(1)
    mock.timers.tick(5000)
    assert.deepEqual(told.slice(1), ['green dot: keys 100'])
  })
  it('tells of what is waited for, and of what warms up', () => {
    const { state, told, status } = shown()
    state.warming = [12, 30]
    status.touch()
    mock.timers.tick(1000)
    for (state.waitsFor of ['known', 'nameless']) {
      status.touch()
      mock.timers.tick(1000)
    }
    assert.deepEqual(told.slice(1), [
      'yellow ring: warming 12 30',
      'yellow ring: waiting boiler',
      'yellow ring: waiting nameless'
    ])
  })
  it('shows the error of the last message, and then how many there were, and how many were late', () => {
    const { state, told, status } = shown()
    status.handled(new Error('one'))
    status.handled(new Error('two'))
    status.touch()
    mock.timers.tick(1000)
    status.handled(undefined)
    state.lateRecords = 4
    status.touch()
    mock.timers.tick(1000)
    assert.deepEqual(told.slice(1), ['red ring: two', 'yellow dot: records 7 · late 4 · refused 2'])
  })
  it('shows why a node cannot work', () => {
    const { told, status } = shown()
    status.fail(new Error('size must be a duration'))
    mock.timers.tick(1000)
    assert.deepEqual(told.slice(1), ['red ring: size must be a duration'])
  })
})
