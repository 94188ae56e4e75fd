import assert from 'node:assert/strict'
import type { Message } from '#engine/record'
import { words } from '../windows/told'
import { Driver } from '../windows/driver'

const counting = (config: Record<string, unknown> = {}): Driver =>
  new Driver('time-window', { size: '10s', aggregates: [{ fn: 'count' }], ...config }, {})

/** A message of a stream node, with some fields of its header damaged. */
const from = (time: unknown, damage: object = {}): Message => ({
  topic: 'a',
  payload: 1,
  stream: { v: 1, source: 'x', time, key: 'a', before: 0, watermark: time, ...damage }
})

describe('a header that was damaged on its way', () => {
  const damages: [what: string, message: Message][] = [
    ['a time that is text', from('1000')],
    ['a time beyond all dates', from(1e18, { watermark: 0 })],
    ['a time before all dates', from(-1e300, { watermark: 0 })],
    ['no time', from(undefined)],
    ['a watermark that is text', from(1000, { watermark: 'soon' })],
    ['a watermark that is an object', from(1000, { watermark: {} })],
    ['a watermark beyond all dates', from(1000, { watermark: 1e300 })],
    ['a watermark without end', from(1000, { watermark: Infinity })],
    ['a watermark before that is text', from(1000, { before: '9000' })]
  ]
  const windows = {
    tumbling: {},
    hopping: { windowType: 'hopping', slide: '1s', size: '2s' },
    cumulative: { windowType: 'cumulative', step: '1s', size: '2s', emit: 'update' },
    session: { windowType: 'session', gap: '1s' },
    'of days': { size: '1d', timezone: 'Europe/Berlin', emitEmpty: true }
  }
  for (const [name, config] of Object.entries(windows)) {
    it(`is refused and leaves no trace in windows that are ${name}`, () => {
      const clean = counting(config)
      const driver = counting(config)
      for (const one of [clean, driver]) one.receive(from(1000))
      for (const [, message] of damages) driver.receive(message)
      assert.equal(driver.errors.length, damages.length)
      for (const error of driver.errors) assert.match(error, /^stream must be a header with event time/)
      for (const one of [clean, driver]) one.receive(from(1e9))
      assert.deepEqual(words(driver), words(clean))
    })
  }
  for (const [what, message] of damages) {
    it(`is nobody's where it is the first: with ${what}, the time of arrival counts`, () => {
      const driver = counting({ windowType: 'hopping', slide: '1s' })
      driver.receive(message)
      assert.deepEqual([driver.errors, driver.warnings], [[], [{ kind: 'foreignHeader' }]])
    })
  }

  it('spoils those elements of a batch whose times it has not', () => {
    const batch = (payload: number[], lists: object): Message => ({ ...from(1000, lists), payload })
    const aggregates = [{ fn: 'collect', as: 'all' }]
    const driver = counting({ batch: true, aggregates })
    driver.receive(batch([1, 2, 3, 4], { times: [1, 'x', null, {}], watermarks: [null, 0, 'y', 0] }))
    driver.receive(batch([5, 6], { times: 'abc' }))
    driver.receive(batch([7, 8], { times: [1, 2], watermarks: 7 }))
    driver.receive(batch([9], { watermark: 1e9 }))
    assert.match(
      driver.errors[0],
      /has 3 bad of 4 elements, the first: stream must have times only in its lists, got "x"/
    )
    assert.equal(driver.errors.length, 3)
    assert.deepEqual(
      driver.taken().out.map(({ result }) => result),
      [{ all: [1, 9] }]
    )
  })
})
