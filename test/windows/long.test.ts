import assert from 'node:assert/strict'
import { definitions } from '../aggregates/definitions'
import { Driver } from './driver'
import { rounded } from './oracle/oracle'

interface Reading {
  ts: number
  v: number
  w: number
  s: string
}

/** Readings of three fields, one every 1 to 7 ms; where there is disorder, some come up to so many ms late. */
function readings(count: number, disorder: number): Reading[] {
  let random = 1
  const draw = (below: number): number => (random = (random * 48_271) % 2_147_483_647) % below
  let time = 0
  return Array.from({ length: count }, () => {
    time += 1 + draw(7)
    const ts = disorder > 0 && draw(3) === 0 ? time - draw(disorder) : time
    return { ts, v: draw(1000) / 8, w: draw(50) - 25, s: `s${draw(9)}` }
  })
}

/** Of two numbers and a text: what is summed up, what is compared, what is held, and what is told by its order. */
const aggregates = [
  ['sum', 'v'],
  ['stddev', 'w'],
  ['max', 'w'],
  ['median', 'v'],
  ['mode', 's'],
  ['distinct', 's'],
  ['first', 's'],
  ['last', 'w'],
  ['collect', 's'],
  ['mad', 'w']
] as const

const resultOf = (within: readonly Reading[]): unknown =>
  Object.fromEntries(
    aggregates.map(([fn, field]) => {
      const sightings = within.map((reading, arrival) => ({ value: reading[field], time: reading.ts, arrival }))
      return [fn, definitions[fn](sightings, { start: 0, end: 0, before: null })]
    })
  )

/** The results of a node that is restarted now and then. */
function resultsOf(slug: string, config: object, all: readonly Reading[]): unknown[] {
  const rows = aggregates.map(([fn, field]) => ({ fn, field: `payload.${field}`, as: fn }))
  const settings = { time: 'payload.ts', timeType: 'msg' }
  const driver = new Driver(slug, { keyType: 'none', aggregates: rows, ...config }, settings)
  for (const [i, reading] of all.entries()) {
    driver.receive({ payload: { ...reading } })
    if (i % 41 === 40) driver.restart()
  }
  driver.receive({ flush: true })
  assert.deepEqual(driver.errors, [])
  return driver.sent.map(({ payload }) => payload)
}

const check = (actual: unknown[], expected: Reading[][]): void =>
  assert.deepEqual(rounded(actual), rounded(expected.map(resultOf)))

describe('over hundreds of records', function () {
  // the definitions are slow
  this.timeout(60_000)
  const inOrder = readings(250, 0)
  it('a count window that slides equals the aggregates of each stretch', () => {
    for (const [size, slide] of [
      [3, 1],
      [20, 1],
      [50, 7]
    ]) {
      const ends = inOrder.map((_, i) => i + 1).filter(end => end >= size && end % slide === 0)
      check(
        resultsOf('count-window', { size, slide }, inOrder),
        ends.map(end => inOrder.slice(end - size, end))
      )
    }
  })
  it('a window that hops by a tenth of its size equals the aggregates of each', () => {
    const last = inOrder[inOrder.length - 1].ts
    const within: Reading[][] = []
    for (let end = 10; end <= last + 100; end += 10)
      within.push(inOrder.filter(({ ts }) => end - 100 <= ts && ts < end))
    check(
      resultsOf('time-window', { windowType: 'hopping', size: 100, slide: 10 }, inOrder),
      within.filter(({ length }) => length > 0)
    )
  })
  it('a sliding window equals the aggregates of the time up to each record', () => {
    check(
      resultsOf('time-window', { windowType: 'sliding', size: 90 }, inOrder),
      inOrder.map(({ ts }) => inOrder.filter(other => ts - 90 <= other.ts && other.ts <= ts))
    )
  })
  it('statistics of the last records, of a time and of all equal those of what they are of', () => {
    const seen = inOrder.map((_, i) => inOrder.slice(0, i + 1))
    check(
      resultsOf('stats', { value: 'payload.v', scope: 'count', size: 30 }, inOrder),
      seen.map(all => all.slice(-30))
    )
    check(resultsOf('stats', { value: 'payload.v' }, inOrder.slice(0, 60)), seen.slice(0, 60))
  })
  it('statistics over a time take in what comes late, wherever it belongs', () => {
    const all = readings(250, 60)
    check(
      resultsOf('stats', { value: 'payload.v', scope: 'time', size: 90 }, all),
      all.map((_, i) => {
        const seen = all.slice(0, i + 1)
        const newest = Math.max(...seen.map(({ ts }) => ts))
        return seen.filter(({ ts }) => ts >= newest - 90)
      })
    )
  })
})
