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
  message: {
    payload: unknown
    stream: { time: number }
    topic?: string
    window?: { start: number; end: number }
    anomaly?: Values
    ts?: number
  }
}
type Draw = (values: Values, say: (key: string, values?: object) => string) => Picture
interface Windows {
  windowsOf(values: Values): { from: number; places: number[]; unit: number }
}
interface WallClock {
  momentOf(wall: number, zone: string): number
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

/** Sends messages with their time in `ts` through the node; resolves to what leaves output 1, or output 2. */
async function send(type: string, values: Values, messages: Message[], output = 1): Promise<Picture['message'][]> {
  const flow = [
    { id: 's', type: 'stream-settings', time: 'ts', timeType: 'msg' },
    { id: 'i', type: 'inject', name: 'in', wires: [['n']] },
    { ...values, id: 'n', type, settings: 's', wires: [['1'], ['2']] },
    { id: '1', type: 'debug', wires: [] },
    { id: '2', type: 'debug', wires: [] }
  ]
  const sent = await runFlow(flow, { inputs: { in: messages } })
  return sent[output] as unknown as Picture['message'][]
}

const run = (type: string, values: Values, readings: Reading[]): Promise<Picture['message'][]> =>
  send(
    type,
    values,
    readings.map(({ time, value }) => ({ topic: 'sensor/1', payload: value, ts: monday + time }))
  )

/** What is not in a preview: where a message comes from, and its time. */
const shownOf = ({ stream: _, ts: __, ...message }: Values): Values => message

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
  { windowType: 'tumbling', size: '1d', offset: '6h', timezone: 'America/New_York' },
  { windowType: 'cumulative', size: '2h', step: '30m', timezone: 'Asia/Kolkata' },
  { windowType: 'hopping', size: '5m', slide: '1m' },
  { windowType: 'hopping', size: '1h', slide: '30m', aggregates: named, rows: true },
  { windowType: 'cumulative', size: '1h', step: '15m' },
  { windowType: 'session', gap: '30s', aggregates: named },
  { windowType: 'sliding', size: '10s' }
]

interface Scene {
  points: { value: number }[]
}

/** The names of all that is in a message, in their order. */
const shapeOf = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shapeOf)
    : typeof value === 'object' && value !== null
      ? Object.entries(value).map(([name, part]) => [name, shapeOf(part)])
      : typeof value

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
      const { momentOf } = await editorModule<WallClock>('wall-clock.mjs')
      const zone = (some.timezone ?? 'UTC') as string
      const { from, places, unit } = windowsOf(values)
      const inZone = ({ time, value }: Reading): Reading => ({ time: momentOf(monday + time, zone) - monday, value })
      const out = await run('stream-time-window', values, readingsAt(places, from, unit).map(inZone))
      const shown = draw({ ...values, key: 'sensor/1', timezone: zone }, say).message
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
    const sides = { left: 'left', right: 'right' }
    for (const some of [
      { ...sides, mode: 'latest' },
      { ...sides, mode: 'latest', ttl: '30s' },
      { ...sides, mode: 'interval' },
      { ...sides, mode: 'interval', lower: '0s', upper: '1m' },
      { ...sides, mode: 'window', size: '5m' },
      { left: 'left/+', right: 'right/+' },
      { left: 'left/+', right: 'right' },
      { left: 'left/+', right: '' },
      { left: 'left/#', right: '' },
      { left: 'left/+', right: 'right/+/+' },
      { left: 'left', right: 'right', leftKey: 'key' },
      { left: 'left', right: 'right', rightKey: 'key' },
      { left: 'left', right: 'right', leftKey: 'key', rightKey: 'key' },
      { left: 'left/+', right: 'right', rightKey: 'key' },
      { left: 'left+', right: 'right+' }
    ]) {
      const values = await valuesFor('stream-join', { ...some, joinType: 'inner' })
      const { pairs, unit } = meetingsOf(values)
      const on = (pattern: string, places: number[]): Message[] => {
        const topic = pattern.replace(/(?<=\/)[+#]/g, '7')
        return places.map((place, i) => ({ topic, key: '7', payload: i, ts: from + Math.round(place * unit) }))
      }
      const messages = [...on(some.left, left), ...on(some.right, right)].sort((a, b) => Number(a.ts) - Number(b.ts))
      const rows = (await send('stream-join', values, messages)).map(({ payload }) => payload as Values)
      const joined = rows.map(({ left, right }) => [left, right]).sort()
      assert.deepEqual(joined, [...pairs].sort(), JSON.stringify(some))
    }
  })
  it('tell the message of a window, whatever it is told apart by', async () => {
    for (const some of [{}, { rows: true }, { batch: true }]) {
      const values = await valuesFor('stream-time-window', { size: '1m', keyType: 'none', ...some })
      const { message } = draw({ ...values, key: null }, say)
      const start = message.window?.start ?? (message.payload as Values[])[0].start
      const payload = values.batch ? [21] : 21
      const [out] = await send('stream-time-window', values, [{ topic: 'sensor/1', payload, ts: Number(start) + 1 }])
      const { payload: _, ...rest } = shownOf({ ...out })
      const { payload: __, ...shown } = message
      assert.deepEqual(shown, rest, JSON.stringify(some))
    }
  })
  it('show no corrections of a sliding window, which sends none', async () => {
    for (const [windowType, isKept] of [
      ['tumbling', true],
      ['session', true],
      ['sliding', false]
    ] as const) {
      const { caption, drawing } = draw(await valuesFor('stream-time-window', { windowType, lateness: '1m' }), say)
      assert.equal(caption.includes('picture.late'), isKept, windowType)
      assert.equal(drawing.includes('stream-waits'), isKept, windowType)
    }
  })
  it('call hopping windows that do not overlap what they are', async () => {
    const captionOf = async (slide: string): Promise<string> =>
      draw(await valuesFor('stream-time-window', { windowType: 'hopping', size: '5m', slide }), say).caption
    assert.match(await captionOf('5m'), /picture\.tumbling/)
    assert.match(await captionOf('1m'), /picture\.hopping.*"per":5/)
  })
  it('write on a bar how many records it has and what comes out', async () => {
    const barsOf = async (...aggregates: Values[]): Promise<string[]> => {
      const { drawing } = draw(await valuesFor('stream-time-window', { aggregates }), say)
      return [...drawing.matchAll(/>(\d+ → [^<]*)</g)].map(([, words]) => words)
    }
    const [mean, max, count] = [{ fn: 'mean' }, { fn: 'max' }, { fn: 'count' }]
    assert.equal((await barsOf(mean))[0], '5 → 21.9')
    assert.equal((await barsOf({ ...mean, as: 'level' }))[0], '5 → 21.9')
    assert.equal((await barsOf(mean, max))[0], '5 → 21.9, 22.6')
    assert.equal((await barsOf(mean, max, count))[0], '5 → 21.9, 22.6, …')
    assert.equal((await barsOf({ fn: 'collect' }))[0], '5 → [5]')
    assert.equal((await barsOf({ fn: 'integral', arg: '10ms' }))[0], '5 → 593910')
  })
  it('write beside a bar what it is too short for, within the picture', async () => {
    const { barWords } = await editorModule<{ barWords: (...place: unknown[]) => string }>('pictures/svg.mjs')
    assert.match(barWords(0, 100, 9, 'short'), /x="50".*middle/)
    assert.match(barWords(0, 10, 9, 'too long'), /x="15".*start/)
    assert.match(barWords(460, 470, 9, 'too long'), /x="455".*end/)
  })
  it('tell the message of statistics as the engine does', async () => {
    const { stats } = await editorModule<{ stats: Draw }>('pictures/stats.mjs')
    for (const some of [{}, { keyType: 'none' }, { batch: true }, { batch: true, keyType: 'none' }]) {
      const values = await valuesFor('stream-stats', some)
      const { message } = stats({ ...values, key: values.keyType === 'none' ? null : 'sensor/1' }, say)
      const payload = values.batch ? [21] : 21
      const two = [1, 2].map(ts => ({ topic: 'sensor/1', payload, ts }))
      const [, out] = await send('stream-stats', values, two)
      assert.deepEqual(shapeOf(message), shapeOf(shownOf({ ...out })), JSON.stringify(some))
    }
  })
  it('mark when statistics leave as the engine sends them', async () => {
    const { stats } = await editorModule<{ stats: Draw }>('pictures/stats.mjs')
    const noon = monday + 43_200_000
    for (const some of [
      { emit: 'each' },
      { emit: 'count', every: '5' },
      { emit: 'time', every: '1m' },
      { emit: 'time', every: '10m' },
      { emit: 'time', every: '1d' }
    ]) {
      const values = await valuesFor('stream-stats', some)
      const records = Array.from({ length: 24 }, (_, i) => ({ topic: 'a', payload: 1, ts: noon + 60_000 * (i + 1) }))
      const out = await send('stream-stats', values, records)
      const { drawing } = stats({ ...values, key: 'sensor/1' }, say)
      // the end of the records sends what is due later, too
      const results = out.filter(({ stream }) => stream.time <= noon + 60_000 * 24)
      assert.equal(drawing.match(/stream-sent/g)?.length ?? 0, results.length, JSON.stringify(some))
    }
  })
  it('tell the message of a join as the engine does', async () => {
    const { join } = await editorModule<{ join: Draw }>('pictures/join.mjs')
    const plus = { left: 'a/+', right: 'b/+' }
    for (const some of [
      { left: 'a', right: 'b' },
      plus,
      { left: 'a', right: 'b', leftKey: 'id', rightKey: 'id' },
      { ...plus, mode: 'interval' },
      { ...plus, mode: 'window', size: '7m' },
      { ...plus, batch: true },
      { left: 'a', right: 'b', mode: 'window', batch: true },
      { left: 'a/+', right: 'b' },
      { left: 'a/+', right: 'b', mode: 'interval', joinType: 'right' },
      { left: 'a', right: 'b', rightKey: 'id', mode: 'window', joinType: 'right' }
    ]) {
      const values = await valuesFor('stream-join', some)
      const { message } = join(values, say)
      const ts = message.window?.start ?? 0
      const on = (pattern: string, payload: object): Message => ({
        topic: pattern.replace('+', '7'),
        payload: values.batch ? [payload] : payload,
        ts
      })
      const id = values.leftKey === '' && values.rightKey === '' ? {} : { id: '7' }
      const sent = [on(some.right, { limit: 25 }), on(some.left, { temperature: 21.4 })]
      const [out] = await send(
        'stream-join',
        values,
        sent.map(message => ({ ...message, ...id }))
      )
      assert.deepEqual({ ...message, ...(values.batch ? {} : id) }, shownOf({ ...out }), JSON.stringify(some))
    }
  })
  it('tell the record that the engine calls anomalous, and what it says of it', async () => {
    const { anomaly } = await editorModule<{ anomaly: Draw }>('pictures/anomaly.mjs')
    const { noise } = await editorModule<{ noise(n: number): number[] }>('samples.mjs')
    const quiet = noise(2000).map(value => 21.5 + value / 2)
    for (const some of [
      { method: 'auto' },
      { method: 'zscore' },
      { method: 'zscore', threshold: '4', direction: 'high' },
      { method: 'zscore', direction: 'low' },
      { method: 'mad' },
      { method: 'ewma' },
      { method: 'iqr' },
      { method: 'iqr', batch: true },
      { method: 'seasonal' }
    ]) {
      const values = await valuesFor('stream-anomaly', some)
      const { message } = anomaly({ ...values, key: 'sensor/1' }, say)
      const shown = message.anomaly ?? (message.payload as Values[])[0].anomaly
      const readings = [...quiet, (shown as Values).value]
      // a reading every quarter of an hour is one for each part of a day
      const sent = readings.map((value, i) => ({
        topic: 'sensor/1',
        payload: values.batch ? [value] : value,
        ts: monday + 900_000 * i
      }))
      const found = (await send('stream-anomaly', values, sent, 2)).pop() as Picture['message']
      const out = shownOf({ ...found })
      assert.deepEqual(shapeOf(message), shapeOf(out), JSON.stringify(some))
      const said = (found.anomaly ?? (found.payload as Values[])[0].anomaly) as Values
      for (const [name, value] of Object.entries(shown as Values)) {
        if (typeof value !== 'number') assert.equal(value, said[name], `${some.method} ${name}`)
        // the seasons of the scene are others than those of noise; by auto, the spread is told from few records
        else if (some.method !== 'seasonal' && !(some.method === 'auto' && name.endsWith('er')))
          assert.ok(
            Math.abs(value - Number(said[name])) <= 0.1 * Math.abs(value),
            `${some.method} ${name}: ${String(said[name])}`
          )
      }
    }
  })
  it('tell a shift of level, after which the new one is learnt', async () => {
    const { anomaly } = await editorModule<{ anomaly: Draw }>('pictures/anomaly.mjs')
    const { scenes } = await editorModule<{ scenes: Record<string, (...settings: unknown[]) => Scene> }>(
      'pictures/anomaly-scenes.mjs'
    )
    const { noise } = await editorModule<{ noise(n: number): number[] }>('samples.mjs')
    const values = await valuesFor('stream-anomaly', { method: 'change' })
    const shown = anomaly({ ...values, key: 'sensor/1' }, say).message.anomaly as Values
    const drawn = scenes.change(5, 'both', true).points.map(({ value }) => value)
    const sent = [...noise(5000), ...drawn].map((value, i) => ({
      topic: 'sensor/1',
      payload: 21.5 + value / 2,
      ts: monday + i
    }))
    const found = await send('stream-anomaly', { ...values, window: 5000 }, sent, 2)
    const inScene = found.filter(({ ts }) => Number(ts) >= monday + 5000)
    assert.equal(inScene.length, 1)
    const { score, deviation, lower, upper, ...same } = inScene[0].anomaly as Values
    assert.deepEqual(Object.keys(shown), Object.keys(inScene[0].anomaly as Values))
    assert.equal(shown.reason, same.reason)
    assert.equal(shown.state, same.state)
    for (const [name, value] of Object.entries({ score, deviation, lower, upper }))
      assert.ok(
        Math.abs(Number(shown[name]) - Number(value)) < 0.1 * Math.abs(Number(value)),
        `${name}: ${String(value)}`
      )
  })
  it('tell of a value that is stuck and of a silence as the engine does', async () => {
    const { anomaly } = await editorModule<{ anomaly: Draw }>('pictures/anomaly.mjs')
    for (const method of ['flatline', 'frequency']) {
      const values = await valuesFor('stream-anomaly', { method, duration: '7m', hold: 3 })
      const { message } = anomaly({ ...values, key: 'sensor/1' }, say)
      const out = await send(
        'stream-anomaly',
        values,
        [
          { topic: 'sensor/1', payload: message.payload, ts: monday },
          { topic: 'sensor/2', payload: 1, ts: monday + 420_000 }
        ],
        2
      )
      assert.deepEqual(message, shownOf({ ...out[0] }))
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
      // what draws is all that a file of a picture exports
      const [picture] = Object.values(await editorModule<Record<string, Draw>>(`pictures/${file}.mjs`))
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
