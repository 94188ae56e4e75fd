import assert from 'node:assert/strict'
import { type Message, runFlow } from '#engine/index'
import { outcomeOf } from '../contract/one-node'
import { drive } from '../operators/join/driver'
import { Driver } from '../windows/driver'
import { summing, told, words } from '../windows/told'

const tumbling = { windowType: 'tumbling', size: 10 }
const hopping = { windowType: 'hopping', size: 10, slide: 5 }

/** A message as a stream node sends it. */
const from = (source: string, time: number, v = 1): Message => ({
  payload: { v, k: 'a' },
  stream: { v: 1, source, time, key: 'a', watermark: time }
})
/** A node that takes time from those before it, on a live clock. */
const downstream = (settings = {}, config = {}): Driver =>
  new Driver('time-window', { key: 'payload.k', aggregates: [{ fn: 'count' }], ...tumbling, ...config }, settings, {
    isLive: true
  })

const counted = (v = 1): Message => ({ payload: { v, k: 'a' } })

describe('the rules of time', () => {
  describe('1. the watermark', () => {
    it('is the max event time seen - outOfOrderness, no extra 1 ms', () => {
      assert.deepEqual(told(tumbling, [5, 11, 12], { outOfOrderness: 3 }), [[], [], ['a 0-10: 1']])
      // 8 and 9 are in order as long as no more than 3 ms behind the newest
      assert.deepEqual(told(tumbling, [11, 8, 12, 9], { outOfOrderness: 3 }), [[], [], ['a 0-10: 1'], ['late 9']])
    })
    it('makes a second record at the last millisecond of a window late where no disorder is allowed', () => {
      assert.deepEqual(told(tumbling, [9, 9]), [['a 0-10: 1'], ['late 9']])
    })
    it('starts at -infinity', () => {
      assert.deepEqual(told(tumbling, [-1_000_000, -999_991]), [[], ['a -1000000--999990: 2']])
    })
    it('never goes back', () => {
      const hop = { windowType: 'hopping', size: 20, slide: 10 }
      assert.deepEqual(told(hop, [25, 15, 5, { watermark: 3 }, 5]).slice(1), [[], ['late 5'], [], ['late 5']])
    })
    it('is one for all that reaches a node that declares time itself', () => {
      assert.deepEqual(told(tumbling, [5, [30, 1, 'b']]), [[], ['a 0-10: 1']])
    })
    it('is one for both sides of a join that declares time itself', async () => {
      const join = { type: 'stream-join', mode: 'interval', left: 'l', right: 'r', lower: 0, upper: 0 }
      const record = (topic: string, ts: number): Message => ({ topic, payload: { ts } })
      const eventTime = { time: 'payload.ts', timeType: 'msg' }
      const { out, rest } = await outcomeOf(join, eventTime, [record('l', 100), record('r', 5), record('l', 3)])
      assert.deepEqual(
        [out.map(({ payload }) => payload), rest.map(({ topic }) => topic)],
        [[{ left: { ts: 100 }, right: null }], ['r', 'l']]
      )
    })
    it('is the minimum over the upstreams of a node on auto, those not yet heard included', () => {
      const driver = downstream()
      driver.expect(['x', 'y'])
      for (const time of [5, 25]) driver.receive(from('x', time))
      assert.deepEqual(words(driver), [])
      driver.receive(from('y', 12))
      assert.deepEqual(words(driver), ['a 0-10: 1'])
      driver.observe('y', 40)
      assert.deepEqual(words(driver), ['a 10-20: 1'], 'x is at 25')
    })
    it('leaves out an upstream that was silent for idleTimeout until it is heard again', () => {
      const driver = downstream({ idleTimeout: '10s' })
      driver.expect(['x', 'y'])
      for (const time of [5, 25]) driver.receive(from('x', time))
      driver.pass(9_999)
      driver.receive(from('x', 26))
      assert.deepEqual(words(driver), [])
      driver.pass(1)
      assert.deepEqual(words(driver), ['a 0-10: 1'])
      driver.receive(from('y', 27))
      driver.receive(from('x', 45))
      assert.deepEqual(words(driver), [], 'y holds it at 27')
    })
    it('stays where all upstreams are silent', () => {
      const driver = downstream()
      driver.expect(['x', 'y'])
      for (const name of ['x', 'y']) driver.receive(from(name, 5))
      driver.pass(3_600_000)
      assert.deepEqual(words(driver), [])
    })
    it('forgets an upstream that is not wired any more', () => {
      const driver = downstream()
      driver.expect(['x', 'y'])
      for (const time of [5, 25]) driver.receive(from('x', time))
      driver.expect(['x'])
      assert.deepEqual(words(driver), ['a 0-10: 1'])
    })
    it('waits for the inputs of a flow that have not begun, and no longer than to their end', async () => {
      const declare = (id: string): object => ({
        id,
        type: 'stream-map',
        expression: 'payload',
        expressionType: 'js',
        settings: 's',
        wires: [['w']]
      })
      const flow = [
        { id: 's', type: 'stream-settings', time: 'payload.ts', timeType: 'msg' },
        { id: 'i', type: 'inject', wires: [['x']] },
        { id: 'j', type: 'inject', wires: [['y']] },
        declare('x'),
        declare('y'),
        {
          id: 'w',
          type: 'stream-time-window',
          keyType: 'none',
          size: 10,
          aggregates: [{ fn: 'count' }],
          wires: [['out'], ['late']]
        },
        { id: 'out', type: 'debug', wires: [] },
        { id: 'late', type: 'debug', wires: [] }
      ]
      const times = (...list: number[]): Message[] => list.map(ts => ({ payload: { ts } }))
      const { out, late } = await runFlow(flow, { inputs: { i: times(5, 25), j: times(6, 17) } })
      assert.deepEqual([out.map(({ payload }) => payload), late], [[2, 1, 1], []])
    })
  })

  it('2. a record is handled first, then its watermark takes effect', () => {
    assert.deepEqual(told(tumbling, [5, 9]), [[], ['a 0-10: 2']])
  })

  describe('3. a window', () => {
    it('is [start, end), with start = t - floorMod(t - offset, size)', () => {
      const windows = told(tumbling, [-11, -10, -1, 0, 9, { flush: true }], { outOfOrderness: 100 })
      assert.deepEqual(windows.pop(), ['a -20--10: 1', 'a -10-0: 2', 'a 0-10: 2'])
      const shifted = told({ ...tumbling, offset: 3 }, [-8, -7, 2, 3, { flush: true }], { outOfOrderness: 100 })
      assert.deepEqual(shifted.pop(), ['a -17--7: 1', 'a -7-3: 2', 'a 3-13: 1'])
    })
    it('fires when the watermark >= end - 1', () => {
      assert.deepEqual(told(tumbling, [0, { watermark: 8 }, { watermark: 9 }]), [[], [], ['a 0-10: 1']])
    })
    it('fires only for (key, window) pairs with a record', () => {
      assert.deepEqual(told(tumbling, [5, [15, 1, 'b'], 45]), [[], ['a 0-10: 1'], ['b 10-20: 1']])
    })
    it('fires for every known key where emitEmpty says so', () => {
      assert.deepEqual(told({ ...tumbling, emitEmpty: true }, [5, [15, 1, 'b'], 39]).pop(), [
        'a 10-20: null',
        'b 10-20: 1',
        'a 20-30: null',
        'b 20-30: null',
        'a 30-40: 1',
        'b 30-40: null'
      ])
    })
    it('gives a result whose event time is end - 1', () => {
      const driver = summing(tumbling)
      driver.receive({ payload: { ts: 3, v: 1, k: 'a' } })
      driver.receive({ flush: true })
      assert.equal(driver.taken().out[0].time, 9)
    })
  })

  describe('4. a record', () => {
    it('is late for a window that has fired, and still counts in its other, unfired windows', () => {
      // the watermark 12 has closed 0-10 and -5-5; 5-15 is open
      assert.deepEqual(told(hopping, [12, 7, { flush: true }]), [[], [], ['a 5-15: 2', 'a 10-20: 1']])
    })
    it('that is late, but within the lateness, makes its window emit the corrected result', () => {
      const steps = [5, 12, 7, { watermark: 13 }, 8]
      assert.deepEqual(told({ ...tumbling, lateness: 5 }, steps), [
        [],
        ['a 0-10: 1'],
        ['a 0-10 correction: 2'],
        [],
        ['a 0-10 correction: 3']
      ])
    })
    it('is too late when the watermark >= end - 1 + lateness', () => {
      assert.deepEqual(told({ ...tumbling, lateness: 5 }, [5, 14, 7]), [[], ['a 0-10: 1'], ['late 7']])
    })
    it('that no window takes goes to output 2', () => {
      assert.deepEqual(told(hopping, [13, 5, 4]), [[], [], ['late 4']])
    })
  })

  describe('5. hopping and cumulative windows', () => {
    it('of a size that is no multiple of slide or step are refused, as SQL refuses them', () => {
      assert.throws(() => told({ ...hopping, slide: 3 }, []), /slide must divide size \(10 ms\), got 3/)
      assert.throws(() => told({ windowType: 'cumulative', size: 10, step: 4 }, []), /step must divide size/)
    })
    it('that cumulate emit at every step end', () => {
      const config = { windowType: 'cumulative', size: 15, step: 5 }
      assert.deepEqual(told(config, [2, 7, { watermark: 14 }, 15]), [[], ['a 0-5: 1'], ['a 0-10: 2', 'a 0-15: 2'], []])
    })
  })

  describe('6. sessions', () => {
    const session = { windowType: 'session', gap: 10 }
    it('are [t, t+gap), where windows that touch merge: distance == gap is one session', () => {
      assert.deepEqual(told(session, [0, 10, 21, { flush: true }]), [[], [], ['a 0-20: 2'], ['a 21-31: 1']])
    })
    it('become one through a record between them', () => {
      const steps = [0, 20, 10, { flush: true }]
      assert.deepEqual(told(session, steps, { outOfOrderness: 20 }), [[], [], [], ['a 0-30: 3']])
    })
    it('test lateness on the merged window', () => {
      // alone, 5 would be a session up to 15, which the watermark has passed; with 16 it is one up to 26
      assert.deepEqual(told(session, [[6, 1], [16, 2], [5, 4], { flush: true }]).slice(2), [[], ['a 5-26: 7']])
      assert.deepEqual(told(session, [16, 5]), [[], ['late 5']])
    })
  })

  describe('7. sliding windows', () => {
    const sliding = { windowType: 'sliding', size: 10 }
    it('give each record the aggregate over [time - size, time] of its key, both ends inclusive', () => {
      assert.deepEqual(
        told(sliding, [
          [0, 1],
          [10, 2],
          [11, 4],
          [11, 8, 'b']
        ]).slice(0, 3),
        [['a -10-0: 1'], ['a 0-10: 3'], ['a 1-11: 6']]
      )
    })
    it('give records of equal time one value, when the watermark reaches the time', () => {
      const steps = [[5, 1] as const, [5, 2] as const, [3, 4] as const, { watermark: 4 }, { watermark: 5 }]
      assert.deepEqual(told(sliding, steps, { outOfOrderness: 9 }), [
        [],
        [],
        [],
        ['a -7-3: 4'],
        ['a -5-5: 7', 'a -5-5: 7']
      ])
    })
    it('set aside a record of time <= the time last emitted for its key', () => {
      assert.deepEqual(told(sliding, [5, 5, 4, [4, 1, 'b'], [20, 1, 'c']]), [
        ['a -5-5: 1'],
        ['late 5'],
        ['late 4'],
        [],
        ['b -6-4: 1', 'c 10-20: 1']
      ])
    })
  })

  describe('8. an interval join', () => {
    const config = { mode: 'interval', lower: -5, upper: 10 }
    it('includes both bounds', () => {
      const join = drive({ ...config, joinType: 'inner' }).left(100, 'l')
      for (const time of [94, 95, 110, 111]) join.right(time, time)
      assert.deepEqual(join.taken(), ['l+95', 'l+110'])
      const other = drive({ ...config, joinType: 'inner' }).right(100, 'r')
      for (const time of [89, 90, 105, 106]) other.left(time, time)
      assert.deepEqual(other.taken(), ['90+r', '105+r'])
    })
    it('drops a row from state once no future row can match', () => {
      const join = drive({ ...config, joinType: 'inner' })
        .left(100, 'l')
        .right(100, 'r')
        .watermark(105)
      assert.equal(join.operator.holdings().open, 2)
      assert.equal(join.watermark(106).operator.holdings().open, 1, 'a right row waits for left ones up to 105')
      assert.equal(join.watermark(110).operator.holdings().open, 1)
      assert.equal(join.watermark(111).operator.holdings().open, 0)
    })
    it('emits unmatched outer rows exactly once, then', () => {
      const join = drive({ ...config, joinType: 'left' })
        .left(100, 'l')
        .watermark(110)
      assert.deepEqual(join.taken(), [])
      assert.deepEqual(join.watermark(111).taken(), ['l+-'])
      assert.deepEqual(join.watermark(500).flush().taken(), [])
    })
  })

  it('9. within one watermark step results are emitted by window end, then key in first-seen order', () => {
    const steps = [
      [25, 1, 'z'],
      [5, 1, 'b'],
      [5, 1, 'a'],
      [7, 1, 'z'],
      [15, 1, 'a'],
      [12, 1, 'b'],
      { watermark: 100 }
    ] as const
    assert.deepEqual(told(tumbling, steps, { outOfOrderness: 50 }).pop(), [
      'z 0-10: 1',
      'b 0-10: 1',
      'a 0-10: 1',
      'b 10-20: 1',
      'a 10-20: 1',
      'z 20-30: 1'
    ])
  })

  describe("10. are the engine's problem, not the user's:", () => {
    const minute = 60_000
    const arrival = { aggregates: [{ fn: 'count' }], key: 'payload.k', windowType: 'tumbling', size: '1m' }
    const live = (config: object = arrival, settings = {}): Driver =>
      new Driver('time-window', { ...config }, settings, { isLive: true })

    it('a clock that goes back: no stuck window, a warning once', () => {
      const driver = live()
      driver.now = 100 * minute
      driver.receive(counted())
      driver.pass(30_000)
      driver.receive(counted())
      for (const back of [10, 20]) {
        driver.now -= back * minute
        driver.receive(counted())
        driver.pass(1000)
      }
      driver.pass(minute)
      assert.deepEqual(words(driver), ['a 6000000-6060000: 4'])
      assert.deepEqual([driver.errors, driver.warnings], [[], [{ kind: 'clockBack', by: 10 * minute }]])
    })
    it('a record from the far future: it is refused and closes no window, a warning once', () => {
      const driver = live({ ...arrival, size: 10 }, { time: 'payload.ts', timeType: 'msg' })
      const future = { payload: { ts: Date.UTC(2099, 0), v: 1, k: 'a' } }
      for (const message of [{ payload: { ts: 3, k: 'a' } }, future, future, { payload: { ts: 5, k: 'a' } }])
        driver.receive(message)
      assert.deepEqual([words(driver), driver.errors.length, driver.warnings], [[], 2, [{ kind: 'ahead' }]])
      assert.match(
        driver.errors[0],
        /payload\.ts must not be more than 1h ahead of the clock \(maxAhead\), got 4070908800000/
      )
      driver.receive({ payload: { ts: 3_600_000, k: 'a' } })
      assert.deepEqual(words(driver), ['a 0-10: 2'], 'an hour ahead is allowed')
    })
    it('time zones: a day of Berlin has 23 or 25 hours', () => {
      const day = { windowType: 'tumbling', size: '1d', timezone: 'Europe/Berlin' }
      const at = (text: string): number => Date.parse(text)
      const hours = (text: string): number[] => {
        const driver = summing(day)
        driver.receive({ payload: { ts: at(text), k: 'a', v: 1 } })
        driver.receive({ flush: true })
        return driver.taken().out.map(({ window }) => (window!.end - window!.start) / 3_600_000)
      }
      assert.deepEqual(['2024-03-31T10:00Z', '2024-04-01T10:00Z', '2024-10-27T10:00Z'].map(hours), [[23], [24], [25]])
    })
    it('a restart: arrival windows that ended meanwhile fire at once, in order', () => {
      const driver = live({ ...arrival, windowType: 'hopping', size: '3m', slide: '1m' })
      for (const k of ['b', 'a']) driver.receive({ payload: { k } })
      driver.now += 2.5 * minute
      driver.restart()
      driver.pass(0)
      assert.deepEqual(words(driver), [
        'b -120000-60000: 1',
        'a -120000-60000: 1',
        'b -60000-120000: 1',
        'a -60000-120000: 1'
      ])
      driver.pass(minute)
      assert.deepEqual(words(driver), ['b 0-180000: 1', 'a 0-180000: 1'])
    })
  })
})
