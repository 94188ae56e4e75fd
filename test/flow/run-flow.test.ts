import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Message, runFlow } from '#engine/index'

const settings = { id: 's', type: 'stream-settings', time: 'payload.ts', timeType: 'msg' }
const flowOf = (node: object, ...more: object[]): object[] => [
  settings,
  { id: 'i', type: 'inject', name: 'in', wires: [['w']] },
  { id: 'w', settings: 's', key: 'topic', keyType: 'msg', wires: [['o'], ['l']], ...node },
  { id: 'o', type: 'debug', name: 'out', wires: [] },
  { id: 'l', type: 'debug', name: 'late', wires: [] },
  ...more
]
const window = {
  type: 'stream-time-window',
  windowType: 'tumbling',
  size: '10s',
  aggregates: [{ fn: 'sum', field: 'payload.v' }]
}
const record = (ts: unknown, v: unknown = 1): { topic: string; payload: object } => ({ topic: 'a', payload: { ts, v } })

describe('runFlow', () => {
  it('gives a bare result with topic, window and header', async () => {
    const { out } = await runFlow(flowOf(window), {
      inputs: { in: [record(0, 1), record(9_998, 2), record(10_000, 4)] }
    })
    assert.deepEqual(
      out.map(({ payload, topic, window }) => ({ payload, topic, window })),
      [
        { payload: 3, topic: 'a', window: { start: 0, end: 10_000 } },
        { payload: 4, topic: 'a', window: { start: 10_000, end: 20_000 } }
      ]
    )
    assert.deepEqual(out[0].stream, { v: 1, source: 'w', time: 9_999, key: 'a', before: 9_998, watermark: 10_000 })
  })
  it('reads and writes a batch as arrays', async () => {
    const { out } = await runFlow(flowOf({ ...window, batch: true }), {
      inputs: {
        in: [
          {
            topic: 'a',
            payload: [
              { ts: 0, v: 1 },
              { ts: 10_000, v: 2 }
            ]
          }
        ]
      }
    })
    assert.deepEqual(
      out.map(({ payload }) => payload),
      [[{ key: 'a', start: 0, end: 10_000, value: 1 }], [{ key: 'a', start: 10_000, end: 20_000, value: 2 }]]
    )
  })
  it('counts no result twice that is not final, one by one or in a batch, also behind a map', async () => {
    for (const batch of [false, true]) {
      const key = { key: 'payload.key', keyType: 'msg', batch }
      const early = { ...window, ...key, emit: 'update', aggregates: [{ fn: 'sum', field: 'payload.v', as: 'v' }] }
      const map = { type: 'stream-map', expression: '$merge([payload, {"key": "a"}])', ...key }
      const flow = flowOf(
        { ...early, wires: [['m'], []] },
        { id: 'm', ...map, wires: [['h']] },
        { id: 'h', ...early, emit: 'final', size: '1h', wires: [['o'], []] }
      )
      const rows = [1, 2, 3].map(v => ({ ts: v, v, key: 'a' }))
      const { out } = await runFlow(flow, {
        inputs: { in: batch ? [{ payload: rows }] : rows.map(payload => ({ payload })) }
      })
      const results = out.flatMap(({ payload }) => payload as { v: number })
      assert.deepEqual(
        results.map(({ v }) => v),
        [6]
      )
    }
  })
  it('gives its results to whatever name the last node has', async () => {
    const flow = flowOf(window).map(node =>
      'name' in node && node.name === 'out' ? { ...node, name: '__proto__' } : node
    )
    const results = await runFlow(flow, { inputs: { in: [record(0, 1)] } })
    assert.equal(Object.entries(results).find(([name]) => name === '__proto__')?.[1].length, 1)
  })
  it('hands over what both outputs send to one node before it says that time went on', async () => {
    const sides = { side: 'payload.v', left: '1', right: '2', leftKeyType: 'msg', leftKey: 'topic', rightKey: 'topic' }
    const { out, late } = await runFlow(
      flowOf(
        { type: 'stream-filter', condition: 'payload.v = 1', wires: [['j'], ['j']] },
        { id: 'j', type: 'stream-join', mode: 'window', joinType: 'full', size: '10s', ...sides, wires: [['o'], ['l']] }
      ),
      { inputs: { in: [record(1_000, 1), record(9_999, 2), record(12_000, 1), record(19_999, 2)] } }
    )
    assert.deepEqual(
      out.map(({ payload }) => payload),
      [
        { left: { ts: 1_000, v: 1 }, right: { ts: 9_999, v: 2 } },
        { left: { ts: 12_000, v: 1 }, right: { ts: 19_999, v: 2 } }
      ]
    )
    assert.deepEqual(late, [])
  })
  it('takes the last times there are, in any zone', async () => {
    const inputs = { in: [record(0), record(8.64e15 - 1)] }
    const { out } = await runFlow(flowOf({ ...window, timezone: 'Europe/Berlin' }), { inputs })
    assert.equal(out.length, 2)
  })
  it('refuses a node whose settings node is missing, as Node-RED does', async () => {
    const flow = flowOf({ ...window, settings: 'gone' })
    await assert.rejects(runFlow(flow, { inputs: { in: [] } }), /w: settings must be the id of a stream-settings node/)
  })
  it('gives each end of a flow its own messages, also where two have one name', async () => {
    const flow = [
      { id: 'i', type: 'inject', name: 'in', wires: [['f']] },
      { id: 'f', type: 'stream-filter', condition: 'payload > 1', wires: [['x1'], ['x2']] },
      { id: 'x1', type: 'debug', name: 'x', wires: [] },
      { id: 'x2', type: 'debug', name: 'x', wires: [] }
    ]
    const results = await runFlow(flow, { inputs: { in: [{ payload: 1 }, { payload: 2 }] } })
    const found = Object.entries(results).map(([name, messages]) => [name, messages.map(({ payload }) => payload)])
    assert.deepEqual(found, [
      ['x', [2]],
      ['x2', [1]]
    ])
  })
  it('lets a node change what it gets, and nothing else', async () => {
    const writing = { type: 'stream-map', expression: '1', target: 'payload.extra', expressionType: 'js' }
    const judging = flowOf(
      { type: 'stream-anomaly', method: 'zscore', value: 'payload.v', low: 0, wires: [['m'], ['l']] },
      { id: 'm', ...writing, wires: [['o']] }
    )
    const { out, late } = await runFlow(judging, { inputs: { in: [record(0, -1)] } })
    assert.deepEqual(
      [out[0].payload, late[0].payload],
      [
        { ts: 0, v: -1, extra: 1 },
        { ts: 0, v: -1 }
      ]
    )

    const counting = { ...writing, expression: '(payload.n || 0) + 1', target: 'payload.n' }
    const hopping = { windowType: 'hopping', size: '20s', slide: '10s', aggregates: [{ fn: 'last', field: 'payload' }] }
    const held = flowOf({ ...window, ...hopping, wires: [['m'], ['l']] }, { id: 'm', ...counting, wires: [['o']] })
    const results = await runFlow(held, { inputs: { in: [record(0)] } })
    assert.deepEqual(
      results.out.map(({ payload }) => (payload as { n: number }).n),
      [1, 1]
    )
  })
  it('hands messages over one by one where they are asked for so, and keeps none of them', async () => {
    const taken: unknown[] = []
    const results = await runFlow(flowOf(window), {
      inputs: { in: [record(0, 1), record(10_000, 2), record(5, 4)] },
      outputs: { out: ({ payload }) => taken.push(payload) }
    })
    assert.deepEqual(taken, [1, 2])
    assert.deepEqual(
      Object.entries(results).map(([name, messages]) => [name, messages.length]),
      [['late', 1]]
    )
  })
  it('ends with what is thrown by who takes a message, and with a name that no node has', async () => {
    const inputs = { in: [record(0), record(10_000), record(20_000)] }
    let taken = 0
    const take = (): never => {
      throw new Error(`full after ${++taken}`)
    }
    await assert.rejects(runFlow(flowOf(window), { inputs, outputs: { out: take } }), /^Error: full after 1$/)
    assert.equal(taken, 1)
    await assert.rejects(runFlow(flowOf(window), { inputs, outputs: { no: take } }), /outputs must be the name or id/)
    await assert.rejects(runFlow(flowOf(window), { inputs: { no: [] } }), /inputs must be the name or id/)
  })
  it('calls nobody again who has thrown, also where one record or the end has many results', async () => {
    let taken = 0
    const take = (): never => {
      throw new Error(`full after ${++taken}`)
    }
    const inputs = { in: ['a', 'b', 'c'].map(topic => ({ topic, payload: { ts: 0, v: 1 } })) }
    await assert.rejects(runFlow(flowOf(window), { inputs, outputs: { out: take } }), /^Error: full after 1$/)
    assert.equal(taken, 1)
  })
  it('waits for what is promised by who takes a message, before it asks for the next one', async () => {
    const events: string[] = []
    function* messages(): Generator<object> {
      for (const ts of [0, 10_000, 20_000]) {
        events.push(`in ${ts}`)
        yield record(ts)
      }
    }
    const out = async ({ window }: Message): Promise<void> => {
      await nextTurn()
      events.push(`out ${(window as { start: number }).start}`)
    }
    await runFlow(flowOf(window), { inputs: { in: messages() as Iterable<Message> }, outputs: { out } })
    assert.deepEqual(events, ['in 0', 'in 10000', 'out 0', 'in 20000', 'out 10000', 'out 20000'])
  })
  it('ends with what is rejected by who takes a message', async () => {
    const inputs = { in: [record(0), record(10_000), record(20_000)] }
    const out = (): Promise<never> => Promise.reject(new Error('no database'))
    await assert.rejects(runFlow(flowOf(window), { inputs, outputs: { out } }), /^Error: no database$/)
  })
  it('names an input that gives no messages', async () => {
    const run = (messages: unknown): Promise<unknown> =>
      runFlow(flowOf(window), { inputs: { in: messages as Message[] } })
    for (const none of [null, 'text', record(0)])
      await assert.rejects(run(none), /^inputs\.in must be an iterable of messages, got /)
    for (const none of [null, 5, 'text', [record(0)]])
      await assert.rejects(run([none]), /^inputs\.in must give messages, which are objects, got /)
  })
  it('refuses what is no list of nodes', async () => {
    for (const flow of [{}, 'text', [null], [{ id: 'i' }], [{ type: 'inject' }]])
      await assert.rejects(runFlow(flow, { inputs: {} }), /^flow must be a list of nodes, as Node-RED exports it, got /)
  })
  it('refuses a node of another kind before a stream node, where results would be missing', async () => {
    const parse = { id: 'x', type: 'json', name: 'parse', wires: [['w']] }
    const early = flowOf(window, parse).map(node =>
      'id' in node && node.id === 'i' ? { ...node, wires: [['x']] } : node
    )
    await assert.rejects(
      runFlow(early, { inputs: { in: [] } }),
      /flow has a json node between an input and a stream node, which only Node-RED can run, got "parse"/
    )
    const { out } = await runFlow(early, { inputs: { parse: [record(0)] } })
    assert.equal(out.length, 1)
  })
  it('refuses a name in outputs at which nothing arrives', async () => {
    const flow = flowOf(
      { ...window, wires: [['f'], []] },
      { id: 'f', type: 'function', name: 'format', wires: [['o']] }
    )
    const run = (name: string): Promise<unknown> =>
      runFlow(flow, { inputs: { in: [] }, outputs: { [name]: () => undefined } })
    for (const name of ['out', 'late'])
      await assert.rejects(
        run(name),
        /outputs must be reached from an input through stream nodes alone, got "(out|late)"/
      )
    await run('format')
  })
  it('does not mind a loop behind the nodes that it runs', async () => {
    const flow = flowOf(
      { ...window, wires: [['f'], []] },
      { id: 'f', type: 'function', name: 'again', wires: [['d']] },
      { id: 'd', type: 'delay', wires: [['f']] }
    )
    let taken = 0
    await runFlow(flow, { inputs: { in: [record(0)] }, outputs: { again: () => taken++ } })
    assert.equal(taken, 1)
    await runFlow(flow, { inputs: { in: [record(0)] } })
  })
  it('gives what arrives at a link node, be it that its links are elsewhere or that it is asked for', async () => {
    const linked = (links: string[]): object[] =>
      flowOf(
        { ...window, wires: [['k'], []] },
        { id: 'k', type: 'link out', name: 'to', links, wires: [] },
        { id: 'm', type: 'link in', wires: [['o']] }
      )
    const inputs = (): { in: Message[] } => ({ in: [record(0)] })
    const { to, out } = await runFlow(linked(['elsewhere']), { inputs: inputs() })
    assert.deepEqual([to.length, out.length], [1, 0])
    const through = await runFlow(linked(['m']), { inputs: inputs() })
    assert.deepEqual([through.to, through.out.length], [undefined, 1])
    let taken = 0
    await runFlow(linked(['m']), { inputs: inputs(), outputs: { to: () => taken++ } })
    assert.equal(taken, 1)
    const fromLink = await runFlow(linked(['m']), { inputs: { to: [record(0)] } })
    assert.equal(fromLink.out.length, 1)
  })
  it('copies a message that contains itself for two nodes', async () => {
    const circle: Record<string, unknown> = { v: 1 }
    circle.self = circle
    const flow = [
      { id: 'i', type: 'inject', name: 'in', wires: [['x', 'y']] },
      { id: 'x', type: 'debug', name: 'x', wires: [] },
      { id: 'y', type: 'debug', name: 'y', wires: [] }
    ]
    const { x, y } = await runFlow(flow, { inputs: { in: [{ payload: circle }] } })
    assert.equal(x.length + y.length, 2)
  })
  it('names the key where a record has one that is no data', async () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    const errors: string[] = []
    await runFlow(flowOf({ ...window, key: 'payload.k' }), {
      inputs: { in: [{ payload: { ts: 0, v: 1, k: circle } }] },
      onBadRecord: error => errors.push(error.message)
    })
    assert.deepEqual(errors, ['key must be text or plain data, got object'])
  })
  it('finds late behind a batch what is late without one', async () => {
    const pass = (batch: boolean): object[] =>
      flowOf(
        { type: 'stream-filter', condition: 'true', conditionType: 'js', batch, wires: [['n'], []] },
        {
          ...window,
          id: 'n',
          key: 'payload.k',
          aggregates: [{ fn: 'collect', field: 'payload.ts', as: 'times' }],
          rows: true,
          batch,
          wires: [['o'], ['l']]
        }
      )
    const times = [1_000, 12_000, 2_000, 21_000, 19_000, 3_000]
    const single = await runFlow(pass(false), { inputs: { in: times.map(ts => record(ts)) } })
    const inBatches = await runFlow(pass(true), {
      inputs: { in: [times.slice(0, 4), times.slice(4)].map(some => ({ payload: some.map(ts => ({ ts, v: 1 })) })) }
    })
    assert.deepEqual(
      single.late.map(({ payload }) => (payload as { ts: number }).ts),
      [2_000, 19_000, 3_000]
    )
    for (const name of ['out', 'late'])
      assert.deepEqual(
        inBatches[name].flatMap(({ payload }) => payload as object[]),
        single[name].map(({ payload }) => payload)
      )
  })
  it('leaves a stream of somebody else in place, in a batch too', async () => {
    const node = { type: 'stream-map', settings: '', expression: 'payload', expressionType: 'js', batch: true }
    const { out } = await runFlow(flowOf(node), { inputs: { in: [{ payload: [1], stream: 'mine' }] } })
    assert.equal(out[0].stream, 'mine')
  })
  it('takes no topic for a join key in a reset', async () => {
    const join = { type: 'stream-join', mode: 'interval', joinType: 'inner', left: 'l/+', right: 'r/+', after: '1s' }
    const { out } = await runFlow(flowOf({ ...join, before: '1s' }), {
      inputs: {
        in: [
          { topic: 'l/7', payload: { ts: 5000 } },
          { reset: true, topic: 'l/7' },
          { topic: 'r/7', payload: { ts: 5000 } }
        ]
      }
    })
    assert.deepEqual(out, [{ reset: true, topic: 'l/7' }])
  })
})
