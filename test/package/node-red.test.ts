import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { extname } from 'node:path'
import type { Message } from '#engine/record'
import { eventTime, probe, type ShortNode, tab } from './flows'
import { NodeRed } from './node-red-process'
import { platforms } from './platforms'
import { wrongNodes } from './wrong-nodes'

const name = 'node-red-contrib-stream-analytics'
const sumOf = (field: string): object[] => [{ fn: 'sum', field }]

/** Sums every `size` records; two tabs of it are two copies of one flow. */
const summing = (size: string): Record<string, ShortNode> => ({
  in: probe('count'),
  count: { type: 'stream-count-window', keyType: 'none', size, aggregates: sumOf('payload'), to: ['out'] },
  out: probe()
})

const subflow = [
  {
    id: 'sub',
    type: 'subflow',
    name: 'sum',
    env: [
      { name: 'SIZE', type: 'num', value: '2' },
      { name: 'FIELD', type: 'str', value: 'payload' }
    ],
    in: [{ wires: [{ id: 'sub.count' }] }],
    out: [{ wires: [{ id: 'sub.count', port: 0 }] }]
  },
  {
    id: 'sub.count',
    type: 'stream-count-window',
    z: 'sub',
    keyType: 'none',
    size: '${SIZE}',
    aggregates: sumOf('${FIELD}'),
    x: 0,
    y: 0,
    wires: [[]]
  }
]

const flow = [
  ...tab('map', {
    in: probe('js', 'jsonata'),
    js: { type: 'stream-map', expression: 'payload * 2', expressionType: 'js', to: ['jsOut'] },
    jsonata: { type: 'stream-map', expression: 'payload + $length(topic)', to: ['jsonataOut'] },
    jsOut: probe(),
    jsonataOut: probe()
  }),
  ...tab('bad', {
    in: probe('stats'),
    stats: { type: 'stream-stats', value: 'payload.x', aggregates: [{ fn: 'mean' }], to: ['out'] },
    out: probe(),
    catch: { type: 'catch', scope: ['stats'], to: ['caught'] },
    caught: probe(),
    complete: { type: 'complete', scope: ['stats'], to: ['completed'] },
    completed: probe(),
    status: { type: 'status', scope: ['stats'], to: ['told'] },
    told: probe()
  }),
  ...tab('clock', {
    in: probe('window'),
    window: { type: 'stream-time-window', size: '100ms', aggregates: [{ fn: 'count' }], wires: [['out'], []] },
    out: probe()
  }),
  ...tab('disabled', {
    in: probe('off', 'map'),
    off: { type: 'stream-map', d: true, expression: '((', expressionType: 'js', to: ['out'] },
    map: { type: 'stream-map', expression: 'payload', expressionType: 'js', to: ['out'] },
    out: probe()
  }),
  ...tab('one', summing('2')),
  ...tab('two', summing('2')),
  ...subflow,
  ...tab('env', {
    in: probe('sum', 'sumOf3'),
    sum: { type: 'subflow:sub', to: ['out'] },
    sumOf3: { type: 'subflow:sub', env: [{ name: 'SIZE', type: 'num', value: '3' }], to: ['out3'] },
    out: probe(),
    out3: probe()
  }),
  ...tab('chain', {
    time: eventTime,
    in: probe('filter'),
    filter: {
      type: 'stream-filter',
      settings: 'time',
      condition: 'payload.v > 0',
      conditionType: 'js',
      wires: [['window'], ['rejected']]
    },
    window: {
      type: 'stream-time-window',
      size: '10s',
      aggregates: sumOf('payload.v'),
      wires: [['out'], ['late']]
    },
    out: probe(),
    rejected: probe(),
    late: probe()
  }),
  ...tab('batch', {
    time: eventTime,
    in: probe('map', 'window'),
    map: { type: 'stream-map', batch: true, expression: 'payload.v + 1', expressionType: 'js', to: ['out'] },
    window: {
      type: 'stream-time-window',
      settings: 'time',
      batch: true,
      size: '10s',
      aggregates: sumOf('payload.v'),
      wires: [['rows'], []]
    },
    out: probe(),
    rows: probe(),
    catch: { type: 'catch', scope: ['map', 'window'], to: ['caught'] },
    caught: probe()
  }),
  ...tab('anomaly', {
    in: probe('anomaly'),
    anomaly: { type: 'stream-anomaly', method: 'zscore', warmup: '3', wires: [['all'], ['alarms']] },
    all: probe(),
    alarms: probe()
  }),
  ...tab('settings', {
    wrong: { type: 'stream-settings', maxKeys: '0' },
    in: probe('map'),
    map: { type: 'stream-map', settings: 'wrong', expression: '1', to: ['out'] },
    out: probe(),
    catch: { type: 'catch', scope: ['map'], to: ['caught'] },
    caught: probe()
  }),
  ...wrongNodes.flatMap(({ id, node }) =>
    tab(id, {
      in: probe('wrong'),
      wrong: { ...node, to: ['out'] },
      out: probe(),
      catch: { type: 'catch', scope: ['wrong'], to: ['caught'] },
      caught: probe()
    })
  )
]

const payloads = (messages: Message[]): unknown[] => messages.map(({ payload }) => payload)
const errorOf = ({ error }: Message): string => (error as { message: string }).message

for (const { title, runtime, needs, node } of platforms) {
  describe(`the packed package in a real ${title} on ${node?.version ?? `${needs} (skipped: needs ${needs})`}`, function () {
    this.timeout(120_000)
    let red: NodeRed
    before(async function () {
      if (node === undefined) this.skip()
      red = await NodeRed.start({ runtime, node: node.file }, flow)
    })
    after(async () => red?.stop())

    it('loads all eight types without an error', async () => {
      const sets = JSON.parse((await red.get('/nodes')).text) as { types: string[]; module: string; err?: unknown }[]
      const own = sets.filter(set => set.module === name)
      assert.deepEqual(own.map(({ err }) => err).filter(Boolean), [])
      assert.equal(own.flatMap(({ types }) => types).length, 8)
    })
    it('brings dialogs, help and labels in two languages, icons and the editor code', async () => {
      const { text: dialogs } = await red.get('/nodes', 'text/html')
      for (const type of ['stream-settings', 'stream-time-window'])
        assert.ok(dialogs.includes(`registerType('${type}'`), type)
      for (const language of ['en-US', 'zh-TW']) {
        const labels = JSON.parse((await red.get(`/nodes/messages?lng=${language}`)).text) as Record<string, unknown>
        assert.ok(labels[`${name}/stream-join`], `labels of stream-join in ${language}`)
      }
      assert.equal((await red.get(`/icons/${name}/stream-map.svg`, '*/*')).status, 200)
      for (const file of readdirSync('resources', { recursive: true, encoding: 'utf8' }).filter(file =>
        extname(file)
      )) {
        assert.equal((await red.get(`/resources/${name}/${file}`, '*/*')).status, 200, file)
      }
    })
    it('maps by JavaScript and by JSONata', async () => {
      red.send('map.in', { topic: 'abc', payload: 1 }, { topic: 'abc', payload: 2 })
      assert.deepEqual(payloads(await red.next('map.jsOut', 2)), [2, 4])
      assert.deepEqual(payloads(await red.next('map.jsonataOut', 2)), [4, 5])
    })
    it('tells each bad record to the Catch node in words and loses nothing else', async () => {
      red.send('bad.in', ...[1, 'oops', 3, {}, 5].map(x => ({ topic: 'a', payload: { x } })))
      assert.deepEqual(payloads(await red.next('bad.out', 3)), [1, 2, 3])
      assert.deepEqual((await red.next('bad.caught', 2)).map(errorOf), [
        'payload.x must be a number, got "oops"',
        'payload.x must be a number, got {}'
      ])
    })
    it('tells a Complete node that each good message is done', async () => {
      assert.equal((await red.next('bad.completed', 3)).length, 3)
      assert.deepEqual(red.rest('bad.completed'), [])
    })
    it('counts in its status how many keys it has and how many records it has refused, at most once a second', async () => {
      const textOf = ({ status }: Message): string => (status as { text: string }).text
      const told = [...red.rest('bad.told')].map(textOf)
      while (told.at(-1) !== '1 key · 2 refused') told.push(textOf((await red.next('bad.told'))[0]))
      red.send('bad.in', { topic: 'b', payload: { x: 1 } })
      while (told.at(-1) !== '2 keys · 2 refused') told.push(textOf((await red.next('bad.told'))[0]))
      assert.ok(told.length <= 5, told.join('\n'))
    })
    it('closes a window by the clock although no more records come', async () => {
      red.send('clock.in', { topic: 'a', payload: 1 })
      const [{ payload, topic, window }] = await red.next('clock.out')
      const { start, end } = window as { start: number; end: number }
      assert.deepEqual([payload, topic, end - start], [1, 'a', 100])
    })
    it('leaves a disabled node alone', async () => {
      assert.doesNotMatch(red.log, /disabled\.off/)
      red.send('disabled.in', { payload: 7 })
      assert.deepEqual(payloads(await red.next('disabled.out')), [7])
    })
    it('keeps the state of two copies of one flow apart', async () => {
      red.send('one.in', { payload: 1 })
      red.send('two.in', { payload: 10 })
      red.send('one.in', { payload: 2 })
      red.send('two.in', { payload: 20 })
      assert.deepEqual(payloads(await red.next('one.out')), [3])
      assert.deepEqual(payloads(await red.next('two.out')), [30])
    })
    it('takes numbers and texts from the env of a subflow, of each instance its own', async () => {
      red.send('env.in', ...[1, 2, 4, 8, 16, 32].map(payload => ({ payload })))
      assert.deepEqual(payloads(await red.next('env.out', 3)), [3, 12, 48])
      assert.deepEqual(payloads(await red.next('env.out3', 2)), [7, 56])
    })
    it('sends control messages through a chain: watermark, flush, reset', async () => {
      const record = (ts: number, v: number): Message => ({ topic: 'a', payload: { ts, v } })
      red.send('chain.in', record(0, 1), record(5_000, 2), { watermark: 10_000 })
      const [sum, watermark] = await red.next('chain.out', 2)
      assert.deepEqual([sum.payload, watermark.watermark, 'payload' in watermark], [3, 10_000, false])
      red.send('chain.in', record(12_000, 4), { flush: true }, record(0, 8), { reset: true }, { flush: true })
      const controls = await red.next('chain.out', 4)
      assert.deepEqual(
        controls.map(({ payload, flush, reset }) => payload ?? (flush ? 'flush' : reset ? 'reset' : undefined)),
        [4, 'flush', 'reset', 'flush']
      )
    })
    it('puts what a filter rejects and what is late to output 2', async () => {
      const record = (ts: number, v: number): Message => ({ topic: 'a', payload: { ts, v } })
      red.send('chain.in', record(1, 1), record(20_000, -1), record(20_000, 2), record(3, 4))
      assert.deepEqual(payloads(await red.next('chain.rejected')), [{ ts: 20_000, v: -1 }])
      assert.deepEqual(payloads(await red.next('chain.out')), [1])
      assert.deepEqual(payloads(await red.next('chain.late')), [{ ts: 3, v: 4 }])
    })
    it('puts anomalies to output 2 and every record to output 1', async () => {
      red.send('anomaly.in', ...[1, 2, 1, 2, 100].map(payload => ({ topic: 'a', payload })))
      assert.equal((await red.next('anomaly.all', 5)).length, 5)
      const [{ payload, anomaly }] = await red.next('anomaly.alarms')
      assert.deepEqual([payload, (anomaly as { isAnomaly: boolean }).isAnomaly], [100, true])
      assert.deepEqual(red.rest('anomaly.alarms'), [])
    })
    it('handles the elements of a batch and counts the bad ones', async () => {
      const batch = [
        { ts: 0, v: 1 },
        { ts: 'soon', v: 2 },
        { ts: 10_000, v: 3 }
      ]
      red.send('batch.in', { topic: 'a', payload: batch }, { topic: 'a', payload: 'no array' })
      assert.deepEqual(payloads(await red.next('batch.out')), [[2, 3, 4]])
      assert.deepEqual(payloads(await red.next('batch.rows')), [[{ key: 'a', start: 0, end: 10_000, value: 1 }]])
      const errors = (await red.next('batch.caught', 3)).map(errorOf)
      assert.match(errors[0], /1 bad of 3 elements, the first: payload\.ts must be a time .*, got "soon"/)
      for (const error of errors.slice(1)) assert.match(error, /payload must be an array .*got "no array"/)
    })
    it('says what is wrong with a stream-settings node, and lets no node work with it', async () => {
      assert.ok(red.log.includes('[stream-settings:settings.wrong] maxKeys must be a whole number from 1, got "0"'))
      red.send('settings.in', { payload: 1 })
      assert.match(errorOf((await red.next('settings.caught'))[0]), /settings must be .* without mistakes/)
      assert.deepEqual(red.rest('settings.out'), [])
    })
    for (const { id, node, words } of wrongNodes) {
      it(`says of a ${node.type}, at deploy and on every message: ${words}`, async () => {
        const told = red.log.split('\n').find(line => line.includes(`${id}.wrong]`))
        assert.ok(told?.includes(words), told)
        red.send(`${id}.in`, { payload: 1 }, { payload: 2 })
        for (const message of await red.next(`${id}.caught`, 2)) assert.ok(errorOf(message).includes(words))
        assert.deepEqual(red.rest(`${id}.out`), [])
      })
    }
  })
}
