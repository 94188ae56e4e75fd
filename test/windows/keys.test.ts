import assert from 'node:assert/strict'
import { kinds } from './kinds'
import { Driver } from './driver'
import { messageOf, type Short, summing, told, words } from './told'

const give = (driver: Driver, ...records: Short[]): void => records.forEach(record => driver.receive(messageOf(record)))

describe('the keys of a window', () => {
  for (const [name, { slug, config }] of Object.entries(kinds)) {
    it(`and what is open of ${name} are counted`, () => {
      const driver = summing(config, { outOfOrderness: 5 }, slug)
      give(driver, 1, [2, 1, 'b'], [3, 1, 'b'])
      // slices, sessions, records that wait, or keys whose window is not yet full; statistics have nothing open
      const open = slug === 'stats' ? 0 : name === 'a sliding window' ? 3 : 2
      assert.deepEqual(driver.holdings(), { keys: 2, open })
      give(driver, { reset: true, key: 'a' })
      const isEach = name === 'a sliding window'
      assert.deepEqual(driver.holdings(), { keys: 1, open: slug === 'stats' ? 0 : isEach ? 2 : 1 })
      give(driver, { reset: true })
      assert.deepEqual(driver.holdings(), { keys: 0, open: 0 })
    })
    it(`are forgotten by ${name} when they were silent for keyTtl, and what is open is not lost`, () => {
      const driver = summing(config, { keyTtl: 3 }, slug)
      give(driver, 1)
      const isOpen = driver.holdings().open > 0 && slug === 'time-window'
      give(driver, { watermark: 8 })
      assert.deepEqual(driver.holdings().keys, isOpen ? 1 : 0)
      give(driver, { watermark: 200 })
      assert.deepEqual(driver.holdings(), { keys: 0, open: 0 })
      assert.equal(driver.sent.length > 0, slug !== 'count-window')
    })
  }
  for (const [name, { config }] of Object.entries(kinds).filter(([, { slug }]) => slug === 'time-window')) {
    it(`lose nothing of ${name} by a record that comes keyTtl after the last, before the watermark does`, () => {
      const steps = [1, 90, { watermark: 80 }]
      const bounded = told(config, steps, { keyTtl: 3, outOfOrderness: 100 })
      assert.ok(bounded.flat().length > 0)
      assert.deepEqual(bounded, told(config, steps, { outOfOrderness: 100 }))
    })
  }
  it('that are forgotten get no rows for empty windows any more', () => {
    const driver = summing({ size: 10, emitEmpty: true }, { keyTtl: 15 })
    give(driver, 5, { watermark: 19 })
    assert.deepEqual(words(driver), ['a 0-10: 1', 'a 10-20: null'])
    give(driver, { watermark: 25 }, { watermark: 100 })
    assert.deepEqual(words(driver), [])
  })
})

describe('empty windows', () => {
  it('are sent up to the one that is open, and at the end of the stream also that', () => {
    const driver = summing({ size: 10, emitEmpty: true })
    give(driver, 5, { watermark: 28 })
    assert.deepEqual(words(driver), ['a 0-10: 1', 'a 10-20: null'])
    give(driver, { watermark: 29 })
    assert.deepEqual(words(driver), ['a 20-30: null'])
    give(driver, { flush: true })
    assert.deepEqual(words(driver), ['a 30-40: null'])
    give(driver, 5, { flush: true })
    assert.deepEqual(words(driver), ['a 0-10: 1'])
  })
  it('are at most a thousand of a key in one step: the newest', () => {
    const driver = summing({ size: 10, emitEmpty: true })
    give(driver, 5, { watermark: 25_000 })
    const told = words(driver)
    assert.deepEqual([told[0], told[1], told.pop()], ['a 0-10: 1', 'a 15000-15010: null', 'a 24990-25000: null'])
    assert.equal(told.length, 1000)
    give(driver, { watermark: 25_020 })
    assert.deepEqual(words(driver), ['a 25000-25010: null', 'a 25010-25020: null'])
  })
  it('that hop are at most a thousand too, and a record among them is not skipped', () => {
    const driver = summing({ windowType: 'hopping', size: 20, slide: 10, emitEmpty: true }, { outOfOrderness: 90_000 })
    give(driver, 5, 20_005, { watermark: 40_000 })
    const told = words(driver).filter(row => row.endsWith(': 1'))
    assert.deepEqual(told, ['a -10-10: 1', 'a 0-20: 1', 'a 19990-20010: 1', 'a 20000-20020: 1'])
  })
})

describe('a window in arrival time', () => {
  const arrival = (config: object): Driver =>
    new Driver('time-window', { key: 'payload.k', aggregates: [{ fn: 'count' }], ...config }, {}, { isLive: true })
  it('asks to be woken when it closes', () => {
    for (const [config, wakeAt] of [
      [{ size: 10 }, 10],
      [{ windowType: 'hopping', size: 20, slide: 10 }, 10],
      [{ windowType: 'cumulative', size: 20, step: 5 }, 5],
      [{ windowType: 'session', gap: 30 }, 33],
      [{ windowType: 'sliding', size: 10 }, 4]
    ] as const) {
      const driver = arrival(config)
      assert.equal(driver.wakeAt(), Infinity)
      driver.pass(3)
      driver.receive({ payload: { k: 'a' } })
      assert.equal(driver.wakeAt(), wakeAt)
      driver.pass(wakeAt - 4)
      assert.equal(driver.sent.length, 0)
      driver.pass(1)
      assert.equal(driver.sent.length, 1)
    }
  })
})
