import assert from 'node:assert/strict'
import { createOperator, type Message, type Operator } from '#engine/index'
import { Driver } from './driver'
import { messageOf, type Short, words } from './told'

const minute = 60_000

/** A count window in event time on a live clock, with a timeout of 10 s. */
const counting = (config: object): Driver =>
  new Driver(
    'count-window',
    { key: 'payload.k', timeout: '10s', aggregates: [{ fn: 'collect', field: 'payload.v' }], ...config },
    { time: 'payload.ts', timeType: 'msg' },
    { isLive: true }
  )
const give = (driver: Driver, ...records: Short[]): void => records.forEach(record => driver.receive(messageOf(record)))

describe('a count window that times out', () => {
  it('starts anew, so that no record is left out', () => {
    const driver = counting({ size: 3 })
    give(driver, [1, 1], [2, 2])
    driver.pass(9_999)
    assert.deepEqual(words(driver), [])
    driver.pass(1)
    assert.deepEqual(words(driver), ['a 1-2: [1,2]'])
    give(driver, [3, 3], [4, 4], [5, 5], [6, 6])
    assert.deepEqual(words(driver), ['a 3-5: [3,4,5]'])
  })
  it('goes on where it slides: the next window is due as it was before', () => {
    const driver = counting({ size: 4, slide: 2 })
    give(driver, [1, 1], [2, 2], [3, 3])
    driver.pass(10_000)
    give(driver, [4, 4])
    assert.deepEqual(words(driver), ['a 1-3: [1,2,3]', 'a 1-4: [1,2,3,4]'])
  })
  it('does so after a restart too, at once where it was due meanwhile', () => {
    const driver = counting({ size: 3 })
    give(driver, [1, 1], [2, 2, 'b'])
    driver.pass(5_000)
    give(driver, [3, 3, 'b'])
    driver.now += 7_000
    driver.restart()
    driver.pass(0)
    assert.deepEqual(words(driver), ['a 1-1: [1]'])
    driver.pass(3_000)
    assert.deepEqual(words(driver), ['b 2-3: [2,3]'])
  })
  it('waits no more after a restart without a timeout, be the clock put back or not', () => {
    const count = (timeout: string): Operator => createOperator('count-window', { size: 3, timeout })
    const emitted: Message[] = []
    const output = { emit: (message: Message) => emitted.push(message), divert: () => assert.fail('nothing is late') }
    const before = count('10s')
    before.onClock?.(50_000, output)
    before.process({ value: { payload: 1 }, time: 1, key: 'a' }, output)
    const after = count('')
    after.restore(JSON.parse(JSON.stringify(before.snapshot())))
    for (const now of [50_000, 40_000, 90_000]) after.onClock?.(now, output)
    assert.deepEqual([emitted, after.wakeAt?.()], [[], Infinity])
  })
  it('does not wait for longer where the clock is put back, in a restart or without', () => {
    const driver = counting({ size: 3 })
    driver.now = 100 * minute
    for (const isRestarted of [false, true]) {
      give(driver, [1, 1])
      driver.now -= 30 * minute
      if (isRestarted) driver.restart()
      give(driver, [2, 2, 'b'])
      driver.pass(9_999)
      assert.deepEqual(words(driver), [])
      driver.pass(1)
      assert.deepEqual(words(driver), ['a 1-1: [1]', 'b 2-2: [2]'])
    }
  })
  it('tells of keys that fell silent together in the order in which they were first seen', () => {
    const driver = counting({ size: 3 })
    give(driver, [1, 1], [1, 1, 'b'])
    driver.pass(1_000)
    give(driver, [2, 2, 'b'], [2, 2, 'a'])
    driver.pass(minute)
    assert.deepEqual(words(driver), ['a 1-2: [1,2]', 'b 1-2: [1,2]'])
  })
})
