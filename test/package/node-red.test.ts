import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { NodeRed } from './node-red-process'

const node24 = resolve('node_modules/node/bin/node')

/** The Node of this machine, not the one that npm scripts put first. */
const systemPath = (process.env.PATH ?? '')
  .split(':')
  .filter(part => !part.includes('node_modules'))
  .join(':')
const systemNode = spawnSync('which', ['node'], {
  encoding: 'utf8',
  env: { ...process.env, PATH: systemPath }
}).stdout.trim()
const systemVersion = systemNode === '' ? '' : spawnSync(systemNode, ['-v'], { encoding: 'utf8' }).stdout.trim()

const platforms = [
  { title: 'Node-RED 5 on Node 24', runtime: 'node-red', node: node24, isHere: true },
  {
    title: `Node-RED 4.1 on Node 20 (here ${systemVersion})`,
    runtime: 'node-red-4',
    node: systemNode,
    isHere: systemVersion.startsWith('v20.')
  }
]

const web = (id: string, url: string, to: string): object => ({
  id,
  type: 'http in',
  z: 't',
  method: 'get',
  url,
  wires: [[to]]
})
const keep = (id: string, name: string): object => ({
  id,
  type: 'change',
  z: 't',
  rules: [{ t: 'set', p: name, pt: 'flow', to: 'payload', tot: 'msg' }],
  wires: [[]]
})

const flow = [
  { id: 't', type: 'tab', label: 'test' },
  web('in', '/map', 'map'),
  {
    id: 'map',
    type: 'stream-map',
    z: 't',
    expression: 'payload.x * 2',
    expressionType: 'js',
    target: 'payload',
    wires: [['answer', 'count']]
  },
  { id: 'answer', type: 'http response', z: 't', wires: [] },
  {
    id: 'count',
    type: 'stream-count-window',
    z: 't',
    key: '',
    keyType: 'none',
    size: '3',
    aggregates: [{ fn: 'sum' }],
    wires: [['sum']]
  },
  keep('sum', 'sum'),
  web('in2', '/jsonata', 'byJsonata'),
  {
    id: 'byJsonata',
    type: 'stream-map',
    z: 't',
    expression: '$number(payload.x) + 1',
    expressionType: 'jsonata',
    target: 'payload',
    wires: [['answer']]
  },
  web('in3', '/bad', 'stats'),
  {
    id: 'stats',
    type: 'stream-stats',
    z: 't',
    value: 'payload.x',
    valueType: 'msg',
    key: '',
    keyType: 'none',
    aggregates: [{ fn: 'mean' }],
    wires: [['answer']]
  },
  { id: 'caught', type: 'catch', z: 't', scope: ['stats'], wires: [['reason']] },
  {
    id: 'reason',
    type: 'change',
    z: 't',
    rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'error.message', tot: 'msg' }],
    wires: [['answer']]
  },
  web('in4', '/sum', 'read'),
  {
    id: 'read',
    type: 'change',
    z: 't',
    rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'sum', tot: 'flow' }],
    wires: [['answer']]
  },
  web('in5', '/window', 'window'),
  {
    id: 'window',
    type: 'stream-time-window',
    z: 't',
    key: '',
    keyType: 'none',
    windowType: 'tumbling',
    size: '200ms',
    aggregates: [{ fn: 'count', as: '' }],
    wires: [['n'], []]
  },
  keep('n', 'n'),
  web('in6', '/n', 'readN'),
  {
    id: 'readN',
    type: 'change',
    z: 't',
    rules: [{ t: 'set', p: 'payload', pt: 'msg', to: '$flowContext("n")', tot: 'jsonata' }],
    wires: [['answer']]
  },
  {
    id: 'off',
    type: 'stream-map',
    z: 't',
    d: true,
    expression: '((',
    expressionType: 'js',
    target: 'payload',
    wires: [[]]
  }
]

for (const { title, runtime, node, isHere } of platforms) {
  describe(`a real ${title}`, function () {
    this.timeout(60_000)
    let red: NodeRed
    before(async function () {
      if (!isHere) this.skip()
      red = await NodeRed.start(runtime, node, flow)
    })
    after(async () => red?.stop())

    it('loads all eight types', async () => {
      const sets = JSON.parse(await red.get('/nodes')) as { types: string[]; module: string; err?: unknown }[]
      const own = sets.filter(set => set.module === 'node-red-contrib-stream-analytics')
      assert.deepEqual(
        own.filter(set => set.err),
        []
      )
      assert.equal(own.flatMap(set => set.types).length, 8)
    })
    it('maps by JavaScript and by JSONata, and sums every three', async () => {
      assert.deepEqual(
        [await red.get('/map?x=1'), await red.get('/map?x=2'), await red.get('/map?x=4')],
        ['2', '4', '8']
      )
      assert.equal(await red.get('/jsonata?x=41'), '42')
      assert.equal(await red.get('/sum'), '14')
    })
    it('tells a bad record to the Catch node and loses nothing else', async () => {
      assert.equal(await red.get('/bad?x=1'), '1')
      assert.match(await red.get('/bad?x=oops'), /payload\.x must be a number, got "oops"/)
      assert.equal(await red.get('/bad?x=3'), '2')
    })
    it('closes a window by the clock although no record comes', async () => {
      void red.get('/window').catch(() => undefined)
      await new Promise(done => setTimeout(done, 700))
      assert.equal(await red.get('/n'), '1')
    })
  })
}
