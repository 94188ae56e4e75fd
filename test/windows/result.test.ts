import assert from 'node:assert/strict'
import type { Message } from '#engine/record'
import { summing } from './told'

/** Payload, topic and window of what a window of 10 ms gives for records of times 1, 2 and so on. */
function results(config: object, ...records: Message[]): Message[] {
  const driver = summing({ size: 10, ...config })
  records.forEach(({ payload, ...rest }, i) =>
    driver.receive({ ...rest, payload: { ts: i + 1, v: i + 1, ...(payload as object) } })
  )
  driver.receive({ flush: true })
  return driver.sent.map(({ stream: _, ...message }) => message)
}

const window = { start: 0, end: 10 }

describe('the message of a window', () => {
  it('has the bare value of one aggregate without a name, and the key as topic', () => {
    const [message] = results({}, { topic: 't', payload: { k: 7 } })
    assert.deepEqual(message, { payload: 1, topic: '7', window })
  })
  it('has an object of several aggregates, or of one that is named', () => {
    const aggregates = ['sum', 'min', 'max', 'count', 'first', 'last', 'range'].map(fn => ({ fn, field: 'payload.v' }))
    const records = [{ payload: { k: 'a' } }, { payload: { k: 'a' } }]
    const [all] = results({ aggregates }, ...records)
    assert.deepEqual(all.payload, { sum: 3, min: 1, max: 2, count: 2, first: 1, last: 2, range: 1 })
    for (let length = 2; length < 7; length++) {
      const [some] = results({ aggregates: aggregates.slice(0, length) }, ...records)
      assert.deepEqual(
        Object.keys(some.payload as object),
        ['sum', 'min', 'max', 'count', 'first', 'last'].slice(0, length)
      )
    }
    const [one] = results({ aggregates: [{ fn: 'sum', field: 'payload.v', as: 'all' }] }, ...records)
    assert.deepEqual(one.payload, { all: 3 })
  })
  it('has no topic for the null key', () => {
    assert.deepEqual(results({}, { topic: 't' }), [{ payload: 1, window }])
  })
  it('has the topic that all records share where there is no key, else the name of the node', () => {
    const topicsOf = (...topics: unknown[]): unknown =>
      results({ keyType: 'none' }, ...topics.map(topic => ({ topic })))[0].topic
    assert.equal(topicsOf('t', 't'), 't')
    assert.equal(topicsOf('', ''), '')
    for (const topics of [
      ['t', 'u'],
      ['t', 'u', 't'],
      ['t', undefined],
      [undefined, 't'],
      [7, 7],
      [undefined, undefined]
    ])
      assert.equal(topicsOf(...topics), 'node', JSON.stringify(topics))
  })
  it('has the topic that is left when another one has left the window', () => {
    for (const config of [
      { windowType: 'hopping', size: 2, slide: 1 },
      { windowType: 'sliding', size: 1 }
    ]) {
      const topics = results({ keyType: 'none', ...config }, ...['t', 'u', 'u', 'u'].map(topic => ({ topic }))).map(
        ({ topic }) => topic
      )
      assert.deepEqual(topics.slice(0, 4), ['t', 'node', 'u', 'u'])
    }
  })
  it('is a flat row where rows are wanted', () => {
    const record = { topic: 't', payload: { k: 'a' } }
    assert.deepEqual(results({ rows: true }, record)[0], {
      payload: { key: 'a', start: 0, end: 10, value: 1 },
      topic: 'a',
      window
    })
    const named = { rows: true, aggregates: [{ fn: 'sum', field: 'payload.v', as: 'all' }] }
    assert.deepEqual(results(named, record)[0].payload, { key: 'a', start: 0, end: 10, all: 1 })
    const collected = { rows: true, aggregates: [{ fn: 'collect', field: 'payload.v' }] }
    assert.deepEqual(results(collected, record)[0].payload, { key: 'a', start: 0, end: 10, value: [1] })
    const [early, final] = results({ rows: true, emit: 'update' }, record)
    assert.deepEqual(
      [early.payload, early.window],
      [
        { key: 'a', start: 0, end: 10, kind: 'early', value: 1 },
        { ...window, kind: 'early' }
      ]
    )
    assert.deepEqual(final.payload, { key: 'a', start: 0, end: 10, value: 1 })
    assert.deepEqual(
      results(
        { rows: true, emitEmpty: true, aggregates: [{ fn: 'max', field: 'payload.v' }] },
        { payload: { v: null } }
      )[0].payload,
      {
        key: null,
        start: 0,
        end: 10,
        value: null
      }
    )
  })
  it('takes an empty field for the payload, and in a count for the record', () => {
    const aggregates = [{ fn: 'count' }, { fn: 'count', field: 'payload', as: 'n' }, { fn: 'sum' }]
    const driver = summing({ keyType: 'none', size: 10, aggregates }, { time: 'ts' })
    for (const payload of [3, null, '4', true]) driver.receive({ ts: 1, payload })
    driver.receive({ flush: true })
    assert.deepEqual(driver.sent[0].payload, { count: 4, n: 3, sum: 8 })
  })
  it('of statistics tells a rate over the time from the first record to the last, whatever came first', () => {
    const driver = summing({ value: 'payload.v', aggregates: [{ fn: 'rate' }] }, {}, 'stats')
    for (const ts of [2000, 4000, 3000, 0]) {
      driver.receive({ payload: { ts, k: 'a', v: 1 } })
      driver.restart()
    }
    const rates = driver.sent.map(({ payload }) => payload)
    assert.deepEqual(rates.slice(1), [1, 1.5, 1])
  })
})
