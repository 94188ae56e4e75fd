import assert from 'node:assert/strict'
import { Driver } from '../windows/driver'
import { messageOf, words } from '../windows/told'

const second = 1000
const declared = { time: 'payload.ts', timeType: 'msg', idleTimeout: '1s', maxAhead: '' }
const config = { key: 'payload.k', size: '10s', aggregates: [{ fn: 'sum', field: 'payload.v' }] }
const live = (settings: Record<string, unknown>): Driver =>
  new Driver('time-window', config, settings, { isLive: true })
const header = { v: 1, source: 'up', time: 0, key: 'a', watermark: 0 }

describe('a silent source', () => {
  for (const [name, settings, message] of [
    ['a node that declares the time', declared, messageOf(0)],
    ['a node that is told the time', { idleTimeout: '1s' }, { ...messageOf(0), stream: header }]
  ] as const) {
    it(`closes the windows of ${name} after a restart too`, () => {
      const driver = live(settings)
      driver.receive(message)
      driver.restart()
      driver.pass(12 * second)
      assert.deepEqual(words(driver), ['a 0-10000: 1'])
    })
    it(`lets the time of ${name} go on from the watermark that a message set`, () => {
      const driver = live(settings)
      driver.receive(message)
      driver.receive({ watermark: 9 * second })
      driver.pass(2 * second - 2)
      assert.deepEqual(words(driver), [])
      driver.pass(1)
      assert.deepEqual(words(driver), ['a 0-10000: 1'])
    })
  }
})

describe('a clock that is put back', () => {
  const hour = 3_600_000
  for (const [name, settings, message] of [
    ['a node that declares the time', declared, messageOf(0)],
    ['a node that is told the time', { idleTimeout: '1s' }, { ...messageOf(0), stream: header }],
    ['a node that goes by the clock', {}, { ...messageOf(0) }]
  ] as const) {
    it(`does not keep the windows of ${name} open`, () => {
      const driver = live(settings)
      driver.now = 2 * hour
      driver.receive(message)
      driver.pass(500)
      driver.putBack(hour)
      driver.pass(12 * second)
      assert.equal(words(driver).length, 1)
    })
  }
  it('does not keep a node waiting for one of several sources', () => {
    const driver = live({ idleTimeout: '5s' })
    const from = (source: string, watermark: number): object => ({ stream: { ...header, source, watermark } })
    driver.now = 2 * hour
    driver.receive({ ...messageOf(0), ...from('x', 0) })
    driver.receive({ ...messageOf(0), ...from('y', 0) })
    driver.putBack(hour)
    driver.pass(3 * second)
    driver.observe('y', 20 * second)
    assert.deepEqual(words(driver), [])
    driver.pass(3 * second)
    assert.deepEqual(words(driver), ['a 0-10000: 2'])
  })
})

describe('maxAhead', () => {
  it('does not count while the clock is behind the time of a snapshot, taken before or after a restart', () => {
    for (const isRestarted of [false, true]) {
      const driver = live({ ...declared, maxAhead: '1s' })
      driver.now = 100 * second
      driver.receive(messageOf(100 * second))
      driver.save()
      if (isRestarted) driver.restart()
      driver.now = 0
      driver.save()
      driver.receive(messageOf(101 * second))
      assert.deepEqual(driver.errors, [])
    }
  })
})
