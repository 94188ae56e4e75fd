import assert from 'node:assert/strict'
import { createOperator } from '#engine/create-operator'
import type { Operator, Output } from '#engine/operator'
import type { Message, Timestamp } from '#engine/record'

interface Anomaly {
  score: number | null
  isAnomaly: boolean
  state: string
  value: number | null
  expected: number | null
  lower: number | null
  upper: number | null
  deviation: number | null
  method: string
  reason: string
}

const minute = 60_000

/** An operator whose outputs are written down. */
function watched(config: Record<string, unknown>): {
  operator: Operator
  send(payload: unknown, time?: Timestamp, key?: string): Anomaly
  advance(watermark: Timestamp): void
  told: Message[]
  alarms: { message: Message & { anomaly: Anomaly }; time: Timestamp; key: unknown }[]
} {
  const operator = createOperator('anomaly', config)
  const told: Message[] = []
  const alarms: { message: Message & { anomaly: Anomaly }; time: Timestamp; key: unknown }[] = []
  const output: Output = {
    emit: message => told.push(message),
    divert: (message, time, key) => alarms.push({ message: message as Message & { anomaly: Anomaly }, time, key })
  }
  let next = 0
  return {
    operator,
    told,
    alarms,
    send(payload, time = next++ * minute, key = 'a') {
      const message: Message = { payload, topic: key, other: 'kept' }
      operator.process({ value: message, time, key }, output)
      return message.anomaly as Anomaly
    },
    advance: watermark => operator.onWatermark(watermark, output)
  }
}

const zscore = { method: 'zscore', warmup: 4, window: 20 }
const feed = (node: ReturnType<typeof watched>, ...values: unknown[]): Anomaly[] =>
  values.map(value => node.send(value))

describe('anomaly', () => {
  it('enriches the message that came and leaves the rest of it alone', () => {
    const node = watched(zscore)
    feed(node, 1, 2, 1, 2)
    node.send(9)
    const { anomaly, ...rest } = node.told[4]
    assert.deepEqual(rest, { payload: 9, topic: 'a', other: 'kept' })
    const { score, lower, upper, deviation, ...said } = anomaly as Anomaly
    assert.deepEqual(said, {
      isAnomaly: true,
      state: 'start',
      value: 9,
      expected: 1.5,
      method: 'zscore',
      reason: 'above range'
    })
    const sigma = Math.sqrt(1 / 3)
    assert.deepEqual([lower, upper], [1.5 - 3 * sigma, 1.5 + 3 * sigma])
    assert.equal(deviation, 7.5 / sigma)
    assert.equal(score, 7.5 / sigma / (7.5 / sigma + 3))
    assert.equal(node.alarms.length, 1)
  })

  it('judges each key by its own past', () => {
    const node = watched(zscore)
    for (let i = 0; i < 8; i++) {
      node.send(i % 2, i, 'low')
      node.send(100 + (i % 2), i, 'high')
    }
    assert.equal(node.send(100, 9, 'low').isAnomaly, true)
    assert.equal(node.send(100, 9, 'high').isAnomaly, false)
  })

  it('passes a null on without a judgement, whatever stands before it', () => {
    const node = watched(zscore)
    feed(node, 1, 2, 1, 2)
    const quiet = node.send(null)
    assert.deepEqual([quiet.score, quiet.isAnomaly, quiet.state, quiet.value], [null, false, 'normal', null])
    node.send(50)
    assert.equal(node.send(null).state, 'ongoing')
    assert.equal(node.send(1).state, 'end')
  })

  it('tells start, ongoing and end of an alarm', () => {
    const node = watched({ ...zscore, learn: false })
    feed(node, 1, 2, 1, 2)
    assert.deepEqual(
      feed(node, 1, 50, 50, 1, 1).map(({ state }) => state),
      ['normal', 'start', 'ongoing', 'end', 'normal']
    )
  })

  it('sends each anomaly to output 2, or with alarm: change only the start and the end', () => {
    const sent = (alarm: string): unknown[] => {
      const node = watched({ ...zscore, learn: false, alarm })
      feed(node, 1, 2, 1, 2, 50, 60, 70, 1, 2)
      return node.alarms.map(({ message }) => [message.payload, message.anomaly.state])
    }
    assert.deepEqual(sent('each'), [
      [50, 'start'],
      [60, 'ongoing'],
      [70, 'ongoing']
    ])
    assert.deepEqual(sent('change'), [
      [50, 'start'],
      [1, 'end']
    ])
  })

  it('holds an alarm back until there were so many anomalies in a row', () => {
    const node = watched({ ...zscore, learn: false, hold: 3 })
    feed(node, 1, 2, 1, 2)
    assert.deepEqual(
      feed(node, 50, 50, 1, 50, 50, 50, 1).map(({ isAnomaly, state }) => [isAnomaly, state]),
      [
        [true, 'normal'],
        [true, 'normal'],
        [false, 'normal'],
        [true, 'normal'],
        [true, 'normal'],
        [true, 'start'],
        [false, 'end']
      ]
    )
    assert.equal(node.alarms.length, 1)
  })

  it('gets used to a new level, unless it is not to learn from anomalies', () => {
    const last = (learn: boolean): boolean | undefined => {
      const node = watched({ ...zscore, learn })
      return feed(node, 1, 2, 1, 2, 50, 50, 50, 50, 50).at(-1)?.isAnomaly
    }
    assert.deepEqual([last(true), last(false)], [false, true])
  })

  it('takes what is outside the span for an anomaly from the first record on', () => {
    const node = watched({ ...zscore, low: 0, high: 10 })
    assert.deepEqual(
      feed(node, -1, 11, 0, 10).map(({ score, isAnomaly, reason }) => [score, isAnomaly, reason]),
      [
        [1, true, 'outside the span'],
        [1, true, 'outside the span'],
        [null, false, ''],
        [null, false, '']
      ]
    )
  })

  it('tells how far it has warmed up, until a key can be judged', () => {
    const node = watched(zscore)
    assert.equal(node.operator.holdings().warming, undefined)
    feed(node, 1, 2)
    node.send(1, 0, 'b')
    assert.deepEqual(node.operator.holdings().warming, [2, 4])
    feed(node, 1)
    assert.deepEqual(node.operator.holdings().warming, [3, 4])
    feed(node, 2)
    assert.equal(node.operator.holdings().warming, undefined, 'the next one is judged')
  })

  it('takes a threshold of 0 for auto', () => {
    assert.doesNotThrow(() => createOperator('anomaly', { threshold: 0 }))
  })
})

describe('anomaly, flatline', () => {
  const flatline = { method: 'flatline', duration: '10m' }

  it('tells by the watermark that a value did not change, with the last message of the key, once', () => {
    const node = watched(flatline)
    node.send(5, 0)
    node.send(5, 4 * minute)
    assert.equal(node.operator.due(), 10 * minute)
    node.advance(10 * minute - 1)
    assert.equal(node.alarms.length, 0)
    node.advance(10 * minute)
    node.advance(60 * minute)
    const [{ message, time, key }] = node.alarms
    assert.equal(node.alarms.length, 1)
    assert.deepEqual([message.payload, message.topic, message.other, time, key], [5, 'a', 'kept', 10 * minute, 'a'])
    assert.deepEqual(
      [message.anomaly.isAnomaly, message.anomaly.state, message.anomaly.reason],
      [true, 'start', 'stuck']
    )
    assert.equal(node.told.length, 2)
    assert.notEqual(message, node.told[1])
  })

  it('judges records too, and ends with the first change', () => {
    const node = watched(flatline)
    for (let i = 0; i <= 12; i += 3) node.send(5, i * minute)
    assert.deepEqual(
      node.told.map(({ anomaly }) => (anomaly as Anomaly).isAnomaly),
      [false, false, false, false, true]
    )
    assert.equal(node.send(6, 15 * minute).state, 'end')
    node.advance(20 * minute)
    assert.equal(node.alarms.length, 1)
  })

  it('is reset by each change', () => {
    const node = watched(flatline)
    for (let i = 0; i < 60; i++) node.send(i % 2, i * minute)
    node.advance(60 * minute)
    assert.equal(node.alarms.length, 0)
  })

  it('lets a null pass: nothing has changed', () => {
    const node = watched(flatline)
    node.send(5, 0)
    node.send(null, 9 * minute)
    node.advance(10 * minute)
    assert.equal(node.alarms.length, 1)
  })
})

describe('anomaly, frequency', () => {
  const frequency = { method: 'frequency', duration: '10m' }

  it('tells by the watermark that no record came, per key, the earliest first', () => {
    const node = watched(frequency)
    node.send(1, 2 * minute, 'b')
    node.send(1, 0, 'a')
    node.send(1, 0, 'c')
    node.advance(12 * minute)
    assert.deepEqual(
      node.alarms.map(({ message, time, key }) => [key, time, message.anomaly.reason]),
      [
        ['a', 10 * minute, 'silent'],
        ['c', 10 * minute, 'silent'],
        ['b', 12 * minute, 'silent']
      ]
    )
    assert.equal(node.told.length, 3)
  })

  it('ends with the next record, be its value null', () => {
    for (const payload of [2, null]) {
      const node = watched(frequency)
      node.send(1, 0)
      node.advance(10 * minute)
      const { state, isAnomaly } = node.send(payload, 11 * minute)
      assert.deepEqual([state, isAnomaly], ['end', false])
      node.advance(21 * minute)
      assert.equal(node.alarms.length, 2)
    }
  })

  it('tells with the record that ends a silence where no watermark told before', () => {
    const node = watched(frequency)
    node.send(1, 0)
    const { state, isAnomaly, reason } = node.send(1, 11 * minute)
    assert.deepEqual([state, isAnomaly, reason], ['start', true, 'silent'])
    assert.equal(node.send(1, 12 * minute).state, 'end')
  })

  it('forgets a key that was reset, and its timer', () => {
    const node = watched(frequency)
    node.send(1, 0, 'a')
    node.send(1, 0, 'b')
    node.operator.reset('a')
    node.advance(10 * minute)
    assert.deepEqual(
      node.alarms.map(({ key }) => key),
      ['b']
    )
    node.operator.reset()
    assert.equal(node.operator.due(), Infinity)
  })

  it('still tells after a snapshot, through JSON text', () => {
    const node = watched(frequency)
    node.send(1, 0)
    node.send(1, minute)
    const restored = watched(frequency)
    restored.operator.restore(JSON.parse(JSON.stringify(node.operator.snapshot())))
    restored.advance(11 * minute)
    assert.deepEqual(
      restored.alarms.map(({ message, time }) => [message.payload, message.other, time]),
      [[1, 'kept', 11 * minute]]
    )
  })
})
