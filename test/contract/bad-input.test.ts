import assert from 'node:assert/strict'
import type { Message } from '#engine/index'
import { Driver } from '../windows/driver'
import { outcomeOf, payloads } from './one-node'

const eventTime = { time: 'payload.ts', timeType: 'msg' }
const sum = [{ fn: 'sum', field: 'payload.v' }]
const window = { type: 'stream-time-window', size: '10s', aggregates: sum }

/** Every operator that reads a number. */
const readers: Record<string, object> = {
  'a tumbling window': window,
  'a hopping window': { ...window, windowType: 'hopping', slide: '5s' },
  'a cumulative window': { ...window, windowType: 'cumulative', step: '2s' },
  'a sliding window': { ...window, windowType: 'sliding' },
  'a window with lateness and early results': { ...window, lateness: '5s', emit: 'update', emitEmpty: true },
  'a session window': { ...window, windowType: 'session', gap: '3s' },
  'a count window': { type: 'stream-count-window', size: 2, aggregates: sum },
  'a sliding count window': { type: 'stream-count-window', size: 3, slide: 1, partial: true, aggregates: sum },
  stats: { type: 'stream-stats', value: 'payload.v' },
  'stats of the last records': { type: 'stream-stats', value: 'payload.v', scope: 'count', size: 2 },
  'stats over a time': { type: 'stream-stats', value: 'payload.v', scope: 'time', size: '2s' },
  'stats by time': { type: 'stream-stats', value: 'payload.v', emit: 'time', every: '2s' },
  anomaly: { type: 'stream-anomaly', value: 'payload.v', method: 'zscore', warmup: 2 }
}

const record = (ts: unknown, v: unknown, topic: unknown = 'a'): Message => ({ topic, payload: { ts, v } })
const before = [record(0, 1), record(1_000, 2), record(2_000, 4)]
const after = [record(1_500, 8), record(3_000, 16), record(12_000, 32)]

/** The bad message is refused with `words`; everything else is as if it had never come. */
async function assertLeavesNoTrace(
  node: object,
  bad: Message,
  words: string,
  settings: object = eventTime
): Promise<void> {
  const clean = await outcomeOf(node, settings, [...before, ...after])
  assert.deepEqual(clean.errors, [])
  const { out, rest, errors } = await outcomeOf(node, settings, [...before, bad, ...after])
  assert.equal(errors.length, 1)
  assert.ok(errors[0].includes(words), errors[0])
  assert.deepEqual({ out, rest }, { out: clean.out, rest: clean.rest })
}

describe('a number', () => {
  const good: [value: unknown, number: number][] = [
    ['2.5', 2.5],
    [' 7 ', 7],
    ['1e3', 1000],
    ['-0.5', -0.5],
    [true, 1],
    [false, 0]
  ]
  for (const [value, number] of good) {
    it(`may be ${JSON.stringify(value)}`, async () => {
      const { out, errors } = await outcomeOf(window, eventTime, [record(0, 100), record(1, value)])
      assert.deepEqual([payloads(out), errors], [[100 + number], []])
    })
  }
  it('may be null or missing, and is skipped', async () => {
    const { out, errors } = await outcomeOf(window, eventTime, [record(0, 5), record(1, null), record(2, undefined)])
    assert.deepEqual([payloads(out), errors], [[5], []])
  })
  const bad: [value: unknown, shown: string][] = [
    ['', '""'],
    ['  ', '"  "'],
    ['n/a', '"n/a"'],
    ['12 kg', '"12 kg"'],
    ['Infinity', '"Infinity"'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [-Infinity, '-Infinity'],
    [{}, '{}'],
    [[1], '[1]'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [10n, '10'],
    ['x'.repeat(200), `"${'x'.repeat(76)}...`]
  ]
  for (const [name, node] of Object.entries(readers)) {
    for (const [value, shown] of bad) {
      // its time is far ahead: a watermark that it moved would show
      it(`must not be ${shown} in ${name}`, () =>
        assertLeavesNoTrace(node, record(60_000, value), `payload.v must be a number, got ${shown}`))
    }
  }
})

describe('a time', () => {
  const good: [time: unknown, ms: number][] = [
    [1000, 1000],
    ['1000', 1000],
    [-1.5, -2],
    ['1970-01-01T00:00:01Z', 1000],
    ['1970-01-01 00:00:01', 1000],
    ['1970-01-01T01:00:01.5+01:00', 1500],
    ['1970-01-02', 86_400_000],
    [new Date(1000), 1000]
  ]
  const times = { type: 'stream-map', expression: 'time', expressionType: 'js' }
  for (const [time, ms] of good) {
    it(`may be ${JSON.stringify(time)}`, async () => {
      const { out, errors } = await outcomeOf(times, eventTime, [record(time, 0)])
      assert.deepEqual([payloads(out), errors], [[ms], []])
    })
  }
  it('without a zone is local time of the settings', async () => {
    const taipei = { ...eventTime, timezone: 'Asia/Taipei' }
    assert.deepEqual(payloads((await outcomeOf(times, taipei, [record('1970-01-01T08:00:01', 0)])).out), [1000])
  })
  const bad: [time: unknown, shown: string][] = [
    [undefined, 'undefined'],
    [null, 'null'],
    ['', '""'],
    ['soon', '"soon"'],
    ['12:00', '"12:00"'],
    ['2024-13-01', '"2024-13-01"'],
    ['2024-01-01T25:00', '"2024-01-01T25:00"'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [9e15, '9000000000000000'],
    [true, 'true'],
    [{}, '{}'],
    [[0], '[0]'],
    [new Date(NaN), 'null']
  ]
  for (const [time, shown] of bad) {
    it(`must not be ${typeof time} ${shown}`, () =>
      assertLeavesNoTrace(
        window,
        record(time, 1),
        `payload.ts must be a time (ms since 1970, ISO 8601 text or a Date), got ${shown}`
      ))
  }
  it('must be there: a path through nothing is no time', () =>
    assertLeavesNoTrace(window, { topic: 'a', payload: null }, 'payload.ts must be a time'))
  it('must not come by an expression that fails', () =>
    assertLeavesNoTrace(window, record('x', 1), 'time failed', {
      time: '$number(payload.ts)',
      timeType: 'jsonata'
    }))
  it('must be told in the way of the first record', async () => {
    const event = { v: 1, source: 'x', time: 5, key: 'a', watermark: 5 }
    const arrival = { v: 1, source: 'x', clock: 'arrival', time: 5, key: 'a' }
    const refused = async (...streams: unknown[]): Promise<string[]> =>
      (
        await outcomeOf(
          { ...window, aggregates: [{ fn: 'count' }] },
          {},
          streams.map(stream => ({ stream }))
        )
      ).errors
    for (const other of [undefined, arrival, { v: 2 }]) {
      const [error, ...more] = await refused(event, other, event)
      assert.match(error, /^stream must be a header with event time, as the first record had, got /)
      assert.deepEqual(more, [])
    }
    assert.match(
      (await refused(arrival, event))[0],
      /^stream must be a header of arrival time, as the first record had/
    )
  })
})

describe('a key', () => {
  const keyed = (key: string, keyType = 'msg'): object => ({ ...window, key, keyType, aggregates: [{ fn: 'count' }] })
  const topicsOf = async (node: object, messages: Message[]): Promise<unknown[]> =>
    (await outcomeOf(node, eventTime, messages)).out.map(({ topic, payload }) => [topic, payload])

  it('is text: 7 and "7" are one stream, and objects are told apart by their JSON', async () => {
    const topics = [7, '7', true, 'true', { a: 1 }, { a: 1 }, { a: 2 }]
    assert.deepEqual(
      await topicsOf(
        keyed('topic'),
        topics.map((topic, ts) => record(ts, 1, topic))
      ),
      [
        ['7', 2],
        ['true', 2],
        ['{"a":1}', 2],
        ['{"a":2}', 1]
      ]
    )
  })
  it('that is null or missing is a group of its own, apart from empty text', async () => {
    const messages = [null, '', 'null'].map((topic, ts) => record(ts, 1, topic))
    assert.deepEqual(await topicsOf(keyed('topic'), [...messages, { payload: { ts: 3 } }]), [
      [undefined, 2],
      ['', 1],
      ['null', 1]
    ])
  })
  it('is data, whatever it is called, and however long', async () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'a.b', 'a topic', '', '["x"]', '${x}']
    const topics = [...names, 'k'.repeat(1_000_000)]
    assert.deepEqual(
      await topicsOf(
        keyed('topic'),
        topics.map((topic, ts) => record(ts, 1, topic))
      ),
      topics.map(topic => [topic, 1])
    )
  })
  it('that is an object which says that it is nothing is null', async () => {
    const { out } = await outcomeOf(keyed('topic'), eventTime, [record(0, 1), record(1, 1)], message => ({
      ...message,
      topic: { toJSON: () => undefined }
    }))
    assert.deepEqual(
      out.map(({ topic, payload }) => [topic, payload]),
      [[undefined, 2]]
    )
    assert.ok(!('topic' in out[0]))
  })
  it('is not read from what objects inherit', async () => {
    assert.deepEqual(await topicsOf(keyed('payload.constructor.name'), [record(0, 1)]), [[undefined, 1]])
  })
  it('must not come by an expression that fails', () =>
    assertLeavesNoTrace(
      keyed('payload.v = 99 ? $error("no key") : topic', 'jsonata'),
      record(60_000, 99),
      'key failed: no key'
    ))
})

describe('an expression that fails on a record', () => {
  const failing: [node: object, words: string][] = [
    [{ type: 'stream-map', expression: 'payload.v.x.y', expressionType: 'js' }, 'expression failed: Cannot read'],
    [{ type: 'stream-map', expression: 'payload.v = 99 ? $error("no") : payload' }, 'expression failed: no'],
    [{ type: 'stream-map', expression: 'payload.v + 1' }, 'expression failed: '],
    [{ type: 'stream-filter', condition: 'payload.v.x.y', conditionType: 'js' }, 'condition failed: Cannot read'],
    [{ type: 'stream-filter', condition: 'payload.v = 99 ? $error("no") : true' }, 'condition failed: no'],
    [
      { type: 'stream-stats', value: 'payload.v = 99 ? $error("no") : payload.v', valueType: 'jsonata' },
      'value failed: no'
    ],
    [
      { type: 'stream-anomaly', value: 'payload.v = 99 ? $error("no") : payload.v', valueType: 'jsonata' },
      'value failed: no'
    ]
  ]
  const bad: Record<string, unknown> = { 'payload.v + 1': 'text' }
  for (const [node, words] of failing) {
    const { type, expression, condition, value } = node as Record<string, string>
    const text = expression ?? condition ?? value
    const isJavascript = JSON.stringify(node).includes('"js"')
    it(`refuses it: ${type} ${text}`, async () => {
      const good = isJavascript ? { x: { y: 1 } } : 1
      const messages = [record(0, good), record(1, bad[text] ?? (isJavascript ? null : 99)), record(2, good)]
      const { out, rest, errors } = await outcomeOf(node, {}, messages)
      assert.deepEqual([out.length, rest.length, errors.length], [2, 0, 1])
      assert.ok(errors[0].startsWith(words), errors[0])
    })
  }
  it('and is told in few words, however long what failed', async () => {
    for (const expression of ['$number(payload)', '$error(payload)', '$eval("$error(payload)")']) {
      const { errors } = await outcomeOf({ type: 'stream-map', expression }, {}, [{ payload: 'x'.repeat(1_000_000) }])
      assert.ok(errors[0].startsWith('expression failed: ') && errors[0].length < 600, errors[0].slice(0, 1000))
    }
  })
  it('and a target that is in the way is named', async () => {
    const node = { type: 'stream-map', expression: '1', expressionType: 'js', target: 'payload.v.deep' }
    const { out, errors } = await outcomeOf(node, {}, [record(0, {}), record(1, 5), record(2, {})])
    assert.equal(out.length, 2)
    assert.deepEqual(errors, ['payload.v.deep cannot be set, because v is no object, got 5'])
  })
})

describe('a message that is frozen', () => {
  const nodes: Record<string, object> = {
    ...readers,
    map: { type: 'stream-map', expression: 'payload.v', expressionType: 'js' },
    filter: { type: 'stream-filter', condition: 'payload.v > 1', conditionType: 'js' },
    'a join': { type: 'stream-join', mode: 'window', size: '5s', left: 'a', right: 'b', leftKey: 'payload.v' }
  }
  const messages = [record(0, 1), record(6_000, 2), record(1, 3), record(20_000, 4)]
  for (const [name, node] of Object.entries(nodes)) {
    it(`is taken as any other in Node-RED by ${name}`, () => {
      const { type, ...config } = node as { type: string }
      const [usual, frozen] = [structuredClone, (message: Message) => Object.freeze(structuredClone(message))].map(
        prepare => {
          const driver = new Driver(
            type.slice('stream-'.length),
            config,
            { ...eventTime, maxAhead: '' },
            { isLive: true }
          )
          for (const message of messages) driver.receive(prepare(message))
          assert.deepEqual(driver.errors, [])
          return driver.sent
        }
      )
      assert.ok(usual.length > 0)
      assert.deepEqual(frozen, usual)
    })
  }
  it('is told where the target of a map is in a part that is frozen', async () => {
    const node = { type: 'stream-map', expression: '1', expressionType: 'js', target: 'payload.x' }
    const { errors } = await outcomeOf(node, {}, [record(0, 1)], message => {
      Object.freeze(message.payload)
      return message
    })
    assert.deepEqual(errors, ['payload.x cannot be set, because what it is part of is frozen, got {"ts":0,"v":1}'])
  })
})

describe('a batch', () => {
  const batch = { ...window, batch: true }
  const elements = (...payload: unknown[]): Message => ({ topic: 'a', payload })
  for (const payload of ['text', 5, null, undefined, { 0: 'a', length: 1 }]) {
    it(`must be an array, not ${JSON.stringify(payload)}`, async () => {
      const { out, errors } = await outcomeOf(batch, eventTime, [
        elements({ ts: 0, v: 1 }),
        { topic: 'a', payload },
        elements({ ts: 1, v: 2 }, { ts: 10_000, v: 4 })
      ])
      assert.match(errors[0], /^payload must be an array \(batch\), got /)
      assert.deepEqual(payloads(out).flat(), [
        { key: 'a', start: 0, end: 10_000, value: 3 },
        { key: 'a', start: 10_000, end: 20_000, value: 4 }
      ])
    })
  }
  it('tells its bad elements in one error that counts them and quotes the first; the others go on', async () => {
    const { out, errors } = await outcomeOf(batch, eventTime, [
      elements({ ts: 0, v: 1 }, { ts: 1, v: 'n/a' }, { ts: 'soon', v: 2 }, { ts: 10_000, v: 4 })
    ])
    assert.equal(errors.length, 1)
    assert.match(errors[0], /2 bad of 4 elements, the first: payload\.v must be a number, got "n\/a"/)
    assert.deepEqual(payloads(out).flat(), [
      { key: 'a', start: 0, end: 10_000, value: 1 },
      { key: 'a', start: 10_000, end: 20_000, value: 4 }
    ])
  })
  it('may be empty: nothing is sent', async () => {
    const map = { type: 'stream-map', batch: true, expression: '1', expressionType: 'js' }
    assert.deepEqual(await outcomeOf(map, {}, [elements()]), { out: [], rest: [], errors: [] })
  })
})

describe('one key more than maxKeys', () => {
  const one = { ...eventTime, maxKeys: 1 }
  it('is refused by an error that names the bound, and still advances the watermark', async () => {
    const messages = [record(0, 1), record(10_000, 2, 'b'), record(1, 4)]
    const { out, rest, errors } = await outcomeOf(window, one, messages)
    assert.deepEqual(errors, ['maxKeys allows 1 keys; one more was refused, got "b"'])
    assert.deepEqual([payloads(out), payloads(rest)], [[1], [{ ts: 1, v: 4 }]])
  })
  it('leaves the keys that are there as they are', async () => {
    const messages = [record(0, 1), record(5, 2, 'b'), record(6, 4)]
    const { out, errors } = await outcomeOf(window, one, messages)
    assert.deepEqual([payloads(out), errors.length], [[5], 1])
  })
})

describe('a control message', () => {
  it('is refused where its watermark is no time, and changes nothing', () =>
    assertLeavesNoTrace(window, { watermark: 'soon' }, 'watermark must be a time'))
  for (const none of [false, null, undefined]) {
    it(`is none where its property is ${none}: the message is a record`, async () => {
      const { out, errors } = await outcomeOf(window, eventTime, [{ ...record(0, 1), reset: none, flush: none }])
      assert.deepEqual([payloads(out), errors], [[1], []])
    })
  }
})

describe('a join', () => {
  const join = {
    type: 'stream-join',
    mode: 'interval',
    joinType: 'inner',
    left: 'l',
    right: 'r',
    leftKey: 'payload.v',
    rightKey: 'payload.v'
  }
  it('puts what belongs to neither side, and what has no key, to output 2', async () => {
    const messages = [record(0, 1, 'l'), record(1, 1, 'other'), record(2, null, 'l'), record(3, 1, 'r')]
    const { out, rest, errors } = await outcomeOf(join, eventTime, messages)
    assert.deepEqual(
      [out.length, payloads(rest), errors],
      [
        1,
        [
          { ts: 1, v: 1 },
          { ts: 2, v: null }
        ],
        []
      ]
    )
  })
  it('refuses a side that is no text, and loses nothing else', async () => {
    const messages = [record(0, 1, 'l'), record(1, 1, {}), record(2, 1, 'r')]
    const { out, rest, errors } = await outcomeOf(join, eventTime, messages)
    assert.deepEqual([out.length, rest.length, errors], [1, 0, ['topic must be text, got {}']])
  })
  it('compares keys as text', async () => {
    const { out } = await outcomeOf(join, eventTime, [record(0, 7, 'l'), record(1, '7', 'r')])
    assert.equal(out.length, 1)
  })
})
