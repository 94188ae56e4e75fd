import assert from 'node:assert/strict'
import { Driver } from './driver'
import { kinds } from './kinds'
import { messageOf, type Short } from './told'

const perRecord = [
  { fn: 'collect', field: 'payload.v' },
  { fn: 'mean', field: 'payload.v' }
]

/** A node that may hold 4 values. */
const holding = ({ slug, config }: (typeof kinds)[string], aggregates: unknown = perRecord, settings = {}): Driver =>
  new Driver(
    slug,
    { key: 'payload.k', aggregates, ...config },
    { time: 'payload.ts', timeType: 'msg', outOfOrderness: 9, ...settings },
    { maxHeld: 4 }
  )
const give = (driver: Driver, ...records: Short[]): void => records.forEach(record => driver.receive(messageOf(record)))
const refusal = 'nodeMessageBufferMaxLength allows 4 held values; one more was refused, got 4'

/** Four keys, so that count windows stay open. */
const four: Short[] = ['a', 'b', 'c', 'd'].map((key, i) => [i, 1, key])

describe('the bound on held values', () => {
  for (const [name, config] of Object.entries(kinds).filter(([name]) => name !== 'statistics of all records')) {
    it(`refuses the newest record of ${name}, by the name of the setting`, () => {
      const driver = holding(config)
      give(driver, ...four)
      assert.deepEqual(driver.errors, [])
      give(driver, [5, 1, 'e'], [6, 1, 'f'])
      assert.deepEqual(driver.errors, [refusal, refusal])
    })
    it(`counts what ${name} holds after a restart`, () => {
      const driver = holding(config)
      give(driver, ...four.slice(1))
      driver.restart()
      give(driver, [4, 1, 'e'])
      assert.deepEqual(driver.errors, [])
      give(driver, [5, 1, 'f'])
      assert.deepEqual(driver.errors, [refusal])
    })
    it(`gives back what ${name} held of a key that is reset, and everything in a reset or a flush`, () => {
      const driver = holding(config)
      give(driver, ...four, { reset: true, key: 'b' }, { reset: true, key: 'unknown' }, [5, 1, 'e'])
      assert.deepEqual(driver.errors, [])
      give(driver, [6, 1, 'f'])
      assert.deepEqual(driver.errors.splice(0), [refusal])
      for (const control of [{ reset: true }, { flush: true }]) {
        give(driver, control, ...four)
        assert.deepEqual(driver.errors.splice(0), [])
        give(driver, [6, 1, 'f'])
        assert.deepEqual(driver.errors.splice(0), [refusal])
      }
    })
    it(`gives back as much as ${name} took, for each aggregate and after a restart`, () => {
      const both = ['collect', 'median'].map(fn => ({ fn, field: 'payload.v' }))
      const driver = holding(config, both)
      for (const isRestarted of [false, true]) {
        give(driver, [1, 1], [2, 1, 'b'])
        if (isRestarted) driver.restart()
        give(driver, { reset: true, key: 'a' }, [3, 1, 'c'])
        assert.deepEqual(driver.errors, [])
        give(driver, [4, 1, 'd'])
        assert.deepEqual(driver.errors.splice(0), [refusal])
        give(driver, { reset: true })
      }
    })
    it(`is not reached by ${name} whose aggregates hold nothing`, () => {
      const driver = holding(config, [{ fn: 'sum', field: 'payload.v' }])
      give(driver, ...four, ...four)
      assert.deepEqual(driver.errors, [])
    })
    it(`gives back what ${name} held of a key that is forgotten`, () => {
      const driver = holding(config, perRecord, { keyTtl: 50 })
      give(driver, ...four, { watermark: 200 }, ...four.map((_, i): Short => [300 + i, 1, `new ${i}`]))
      assert.deepEqual(driver.errors, [])
    })
    it(`counts each of the aggregates of ${name} that hold values`, () => {
      const driver = holding(config, [
        { fn: 'collect', field: 'payload.v' },
        { fn: 'median', field: 'payload.v' }
      ])
      give(driver, ...four)
      assert.deepEqual(driver.errors, [refusal, refusal])
    })
  }
  for (const [name, config] of Object.entries(kinds).slice(0, 6)) {
    it(`gives back what ${name} held when it is done with it`, () => {
      const driver = holding(config)
      // the refused ones advance the watermark all the same
      give(driver, ...four, [100, 1], [200, 1], [210, 1], [218, 1], [219, 1])
      assert.deepEqual(driver.errors, [refusal])
    })
  }
  for (const [name, config] of Object.entries(kinds).slice(0, 6)) {
    it(`gives back all that ${name} held of one key`, () => {
      const driver = holding(config)
      give(driver, 0, 1, 2, { watermark: 300 }, ...[301, 302, 303, 304].map((time): Short => [time, 1]))
      assert.deepEqual(driver.errors, [])
      give(driver, [305, 1])
      assert.deepEqual(driver.errors, [refusal])
    })
  }
  it('gives back what a full count window held, and one that slides what has left it', () => {
    for (const slide of ['', 1]) {
      const driver = holding({ slug: 'count-window', config: { size: 2, slide } })
      give(driver, ...Array.from({ length: 9 }, (_, i): Short => [i, 1]), [9, 1, 'b'])
      assert.deepEqual(driver.errors, [])
    }
  })
  it('gives back what has left a sliding window whose key goes on', () => {
    const driver = holding({ slug: 'time-window', config: { windowType: 'sliding', size: 2 } })
    give(driver, ...Array.from({ length: 9 }, (_, i): Short => [10 * i, 1]))
    assert.deepEqual(driver.errors, [])
  })
  it('gives back what has left statistics', () => {
    for (const scope of ['time', 'count']) {
      const driver = holding({ slug: 'stats', config: { value: 'payload.v', scope, size: 2 } })
      give(driver, ...Array.from({ length: 9 }, (_, i): Short => [i, 1]))
      assert.deepEqual(driver.errors, [])
    }
  })
  it('gives back once what a window that may still be corrected held of a key that is reset', () => {
    const driver = holding({ slug: 'time-window', config: { size: 10, lateness: 20 } })
    give(driver, ...four, { reset: true, key: 'a' }, [100, 1, 'e'])
    // b, c and d are done with by now
    give(driver, [100, 1, 'f'], [100, 1, 'g'], [100, 1, 'h'])
    assert.deepEqual(driver.errors, [])
    give(driver, [100, 1, 'i'])
    assert.deepEqual(driver.errors, [refusal])
  })
  it('lets a record in that pushes another one out', () => {
    for (const config of [
      { slug: 'count-window', config: { size: 4, slide: 1 } },
      { slug: 'stats', config: { value: 'payload.v', scope: 'count', size: 4 } },
      { slug: 'stats', config: { value: 'payload.v', scope: 'time', size: 3 } }
    ]) {
      const driver = holding(config)
      give(driver, ...Array.from({ length: 9 }, (_, i): Short => [i, 1]), [100, 1], [101, 1])
      assert.deepEqual(driver.errors, [])
    }
  })
})
