import assert from 'node:assert/strict'
import { runFlow } from '#engine/index'
import type { Message } from '#engine/record'
import { aggregates } from '#engine/aggregates/index'
import { type Declaration, declarations, editorModule, newValues, type Values } from './editor-files'

interface Reading {
  time: number
  value: number
}
interface Picture {
  drawing: string
  caption: string
  message: { payload: unknown; topic?: string; window?: { start: number; end: number } }
}
type Draw = (values: Values, say: (key: string, values?: object) => string) => Picture
interface Windows {
  windowsOf(values: Values): { from: number; places: number[]; unit: number }
}
interface Meetings {
  left: number[]
  right: number[]
  meetingsOf(values: Values): { pairs: number[][]; unit: number }
}
interface Samples {
  readingsAt(places: number[], from: number, unit: number): Reading[]
}

const monday = Date.UTC(2026, 0, 5)
const say = (key: string, values = {}): string => `${key} ${JSON.stringify(values)}`

/** Sends messages with their time in `ts` through the node; resolves to its results. */
async function send(type: string, values: Values, messages: Message[]): Promise<Picture['message'][]> {
  const flow = [
    { id: 's', type: 'stream-settings', time: 'ts', timeType: 'msg' },
    { id: 'i', type: 'inject', name: 'in', wires: [['n']] },
    { ...values, id: 'n', type, settings: 's', wires: [['o'], []] },
    { id: 'o', type: 'debug', name: 'out', wires: [] }
  ]
  const { out } = await runFlow(flow, { inputs: { in: messages } })
  return out as unknown as Picture['message'][]
}

const run = (type: string, values: Values, readings: Reading[]): Promise<Picture['message'][]> =>
  send(
    type,
    values,
    readings.map(({ time, value }) => ({ topic: 'sensor/1', payload: value, ts: monday + time }))
  )

const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'number' && !Number.isInteger(part) ? Number(part.toPrecision(6)) : part
  )

const named = [
  { fn: 'mean', field: 'payload' },
  { fn: 'percentile', arg: '90' },
  { fn: 'last', as: 'newest' }
]
const settings: Values[] = [
  { windowType: 'tumbling', size: '5m' },
  { windowType: 'tumbling', size: '7m', offset: '2m', rows: true },
  { windowType: 'tumbling', size: '1d', aggregates: named },
  { windowType: 'hopping', size: '5m', slide: '1m' },
  { windowType: 'hopping', size: '1h', slide: '30m', aggregates: named, rows: true },
  { windowType: 'cumulative', size: '1h', step: '15m' },
  { windowType: 'session', gap: '30s', aggregates: named },
  { windowType: 'sliding', size: '10s' }
]

describe('the pictures of the dialogs', () => {
  let dialogs: Declaration[]
  let draw: Draw
  const valuesFor = async (type: string, values: Values): Promise<Values> => ({
    ...(await newValues(dialogs.find(dialog => dialog.type === type) as Declaration)),
    ...values
  })
  before(async () => {
    dialogs = await declarations()
    ;({ timeWindow: draw } = await editorModule<{ timeWindow: Draw }>('pictures/time-window.mjs'))
  })

  for (const some of settings) {
    it(`tell the message that the engine sends: ${JSON.stringify(some)}`, async () => {
      const values = await valuesFor('stream-time-window', some)
      const { windowsOf } = await editorModule<Windows>('windows.mjs')
      const { readingsAt } = await editorModule<Samples>('samples.mjs')
      const { from, places, unit } = windowsOf(values)
      const out = await run('stream-time-window', values, readingsAt(places, from, unit))
      const shown = draw({ ...values, key: 'sensor/1' }, say).message
      const same = out.find(({ window }) => window?.start === shown.window?.start && window?.end === shown.window?.end)
      assert.deepEqual(
        rounded({ payload: shown.payload, topic: shown.topic }),
        rounded({ payload: same?.payload, topic: same?.topic })
      )
    })
  }
  it('tell the third window of a count window as the engine does', async () => {
    const { countWindow } = await editorModule<{ countWindow: Draw }>('pictures/count-window.mjs')
    const { readingsAt } = await editorModule<Samples>('samples.mjs')
    for (const some of [
      { size: 4, slide: '2' },
      { size: 10 },
      { size: 3, slide: 5 },
      { size: 4, slide: 2, partial: true }
    ]) {
      const values = await valuesFor('stream-count-window', { ...some, aggregates: [{ fn: 'count' }, { fn: 'first' }] })
      const readings = readingsAt(
        Array.from({ length: 40 }, (_, i) => i + 1),
        43_200_000,
        1000
      )
      const out = await run('stream-count-window', values, readings)
      const { payload, window } = countWindow({ ...values, key: 'sensor/1' }, say).message
      assert.deepEqual(window, { start: out[2].window?.start, end: out[2].window?.end })
      assert.equal((payload as Values).count, (out[2].payload as Values).count)
    }
  })
  it('draw the pairs that the engine joins', async () => {
    const { left, right, meetingsOf } = await editorModule<Meetings>('meetings.mjs')
    const from = Math.ceil(monday / 300_000) * 300_000
    for (const some of [
      { mode: 'latest' },
      { mode: 'latest', ttl: '30s' },
      { mode: 'interval' },
      { mode: 'interval', lower: '0s', upper: '1m' },
      { mode: 'window', size: '5m' }
    ]) {
      const values = await valuesFor('stream-join', { ...some, joinType: 'inner', left: 'left', right: 'right' })
      const { pairs, unit } = meetingsOf(values)
      const on = (topic: string, places: number[]): Message[] =>
        places.map((place, i) => ({ topic, payload: i, ts: from + Math.round(place * unit) }))
      const messages = [...on('left', left), ...on('right', right)].sort((a, b) => Number(a.ts) - Number(b.ts))
      const rows = (await send('stream-join', values, messages)).map(({ payload }) => payload as Values)
      const joined = rows.map(({ left, right }) => [left, right]).sort()
      assert.deepEqual(joined, [...pairs].sort(), JSON.stringify(some))
    }
  })
  it('say and draw a length without a unit as ms, and one that is not typed yet as …', async () => {
    for (const [file, name, type, values] of [
      ['time-window', 'timeWindow', 'stream-time-window', { size: '300' }],
      ['time-window', 'timeWindow', 'stream-time-window', { lateness: '300' }],
      ['time-window', 'timeWindow', 'stream-time-window', { windowType: 'session', gap: '300' }],
      ['count-window', 'countWindow', 'stream-count-window', { timeout: '300' }],
      ['anomaly', 'anomaly', 'stream-anomaly', { method: 'flatline', duration: '300' }],
      ['join', 'join', 'stream-join', { mode: 'window', size: '300' }],
      ['join', 'join', 'stream-join', { ttl: '300' }],
      ['join', 'join', 'stream-join', { mode: 'interval', lower: '300' }],
      ['stats', 'stats', 'stream-stats', { scope: 'time', size: '300' }],
      ['stats', 'stats', 'stream-stats', { emit: 'time', every: '300' }]
    ] as const) {
      const picture = (await editorModule<Record<string, Draw>>(`pictures/${file}.mjs`))[name]
      const { caption, drawing } = picture(await valuesFor(type, values), say)
      assert.match(caption, /"300 ms"/, JSON.stringify(values))
      assert.doesNotMatch(drawing, />300</, JSON.stringify(values))
    }
    const { stats } = await editorModule<{ stats: Draw }>('pictures/stats.mjs')
    const { caption, drawing } = stats(await valuesFor('stream-stats', { scope: 'count', emit: 'count' }), say)
    assert.match(caption, /"size":"…".*"every":"…"/)
    assert.match(drawing, />…</)
  })
  it('say in words what they show, and escape what the user typed', async () => {
    const { join } = await editorModule<{ join: Draw }>('pictures/join.mjs')
    const { drawing } = join(await valuesFor('stream-join', { left: '<b>"x' }), say)
    assert.match(drawing, /role="img" aria-label="[^"]+"/)
    assert.doesNotMatch(drawing, /<b>/)
  })
  it('of all nodes stand still for whatever is typed', async () => {
    const all = {
      anomaly: 'stream-anomaly',
      join: 'stream-join',
      stats: 'stream-stats',
      'count-window': 'stream-count-window',
      'time-window': 'stream-time-window'
    }
    for (const [file, type] of Object.entries(all)) {
      const [picture] = Object.values(await editorModule<Record<string, Draw>>(`pictures/${file}.mjs`)).filter(
        (part, i) => part.length === 2 && i >= 0
      )
      const values = await valuesFor(type, {})
      for (const name of Object.keys(values).filter(name => typeof values[name] !== 'object')) {
        for (const typed of ['', '-', '0', '-5s', '1e400', '${X}', '999999999d', 'x'.repeat(1000)]) {
          const { drawing } = picture({ ...values, [name]: typed }, say)
          assert.doesNotMatch(drawing, /NaN|Infinity/, `${type} ${name} ${typed}`)
        }
      }
    }
  })
})

describe('the functions of the preview', () => {
  const readings = [3, 1, 4, 1, 5, 9, 2.5, 6].map((value, i) => ({ time: 1000 * i * i, value }))
  for (const fn of Object.keys(aggregates)) {
    it(`${fn} is that of the engine`, async () => {
      const { resultOf } = await editorModule<{ resultOf(rows: object[], about: object): unknown }>('preview.mjs')
      const rows = [{ fn, arg: fn === 'percentile' ? '80' : fn === 'integral' ? '1m' : '' }]
      for (const some of [readings, readings.slice(0, 1), readings.slice(0, 3)]) {
        const [{ payload }] = await run(
          'stream-time-window',
          { windowType: 'tumbling', size: '1h', aggregates: rows },
          some
        )
        const own = resultOf(rows, { readings: some, start: 0, end: 3_600_000 })
        assert.deepEqual(rounded(own), rounded(payload))
      }
    })
  }
})
