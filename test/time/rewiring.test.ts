import assert from 'node:assert/strict'
import type { Message } from '#engine/record'
import { Driver } from '../windows/driver'
import { words } from '../windows/told'

const from = (source: string, time: number): Message => ({
  payload: { v: 1 },
  stream: { v: 1, source, time, key: null, watermark: time }
})
/** A node that counts in windows of 10 ms, fed by `wired`. */
const counting = (...wired: string[]): Driver => {
  const config = { keyType: 'none', size: 10, aggregates: [{ fn: 'count' }] }
  const driver = new Driver('time-window', config, {}, { isLive: true })
  driver.expect(wired)
  return driver
}
const give = (driver: Driver, ...messages: Message[]): void => messages.forEach(message => driver.receive(message))

describe('a node that is wired anew', () => {
  it('waits for a new source from the moment on that it forgets an old one', () => {
    const driver = counting('x', 'y')
    give(driver, from('x', 5), from('x', 25))
    driver.expect(['x', 'z'])
    assert.deepEqual(words(driver), [])
    give(driver, from('z', 12))
    assert.deepEqual(words(driver), ['(none) 0-10: 1'])
  })
  for (const isFoundFirst of [true, false]) {
    const when = `whose wires are found ${isFoundFirst ? 'before' : 'after'} its state in a restart,`
    it(`${when} waits for a source that is new`, () => {
      const driver = counting('x')
      give(driver, from('x', 5))
      driver.restart({ wired: ['x', 'y'], isFoundFirst })
      give(driver, from('x', 25))
      assert.deepEqual(words(driver), [])
    })
    it(`${when} does not wait for one that is gone`, () => {
      const driver = counting('x', 'y')
      give(driver, from('y', 4), from('x', 5), from('x', 25))
      assert.deepEqual(words(driver), [])
      driver.restart({ wired: ['x'], isFoundFirst })
      assert.deepEqual(words(driver), ['(none) 0-10: 2'])
    })
  }
  it('leaves out a source that was silent for a minute before any was heard, or while it was the only one', () => {
    const unheard = counting('x', 'y')
    unheard.pass(60_000)
    give(unheard, from('x', 5), from('x', 25))
    assert.deepEqual(words(unheard), ['(none) 0-10: 1'])
    const alone = counting('x')
    give(alone, from('x', 5))
    alone.pass(60_000)
    give(alone, from('y', 6), from('y', 25))
    assert.deepEqual(words(alone), ['(none) 0-10: 2'])
  })
})
