import assert from 'node:assert/strict'
import { runFlow } from '#engine/flow/run-flow'
import { offsetsOf } from '#engine/time/zone'
import { make, minute, normal, random, start } from './streams'

const hour = 60 * minute
const day = 24 * hour

/** A day that rises to noon, lower at weekends, with a little noise. */
function load(): (time: number) => number {
  const next = normal(3)
  return time => {
    const date = new Date(time)
    const isWeekend = date.getUTCDay() % 6 === 0
    return 10 * Math.sin((Math.PI * date.getUTCHours()) / 24) - (isWeekend ? 5 : 0) + 0.1 * next()
  }
}

describe('seasonal', () => {
  it('knows the hour of the day: what is usual at noon is an anomaly at night', () => {
    const detector = make('seasonal')
    const usual = load()
    for (let time = start; time < start + 28 * day; time += 15 * minute) detector.learn(usual(time), time)
    const noon = start + 28 * day + 12 * hour
    const night = start + 28 * day + 1 * hour
    assert.equal(detector.score(10, noon).isAnomaly, false)
    assert.deepEqual([detector.score(10, night).isAnomaly, detector.score(10, night).reason], [true, 'above range'])
  })

  it('knows the day of the week', () => {
    const detector = make('seasonal')
    const usual = load()
    // 2024 began with a Monday
    for (let time = start; time < start + 56 * day; time += 15 * minute) detector.learn(usual(time), time)
    const monday = start + 56 * day + 12 * hour
    const sunday = monday + 6 * day
    const [onMonday, onSunday] = [monday, sunday].map(time => detector.score(10, time).expected as number)
    assert.ok(Math.abs(onMonday - onSunday - 5) < 0.5, `${onMonday - onSunday}`)
  })

  it('learns a cycle of any length where one is given', () => {
    const detector = make('seasonal', { period: 90 * minute })
    const wave = (time: number): number => Math.sin((2 * Math.PI * time) / (90 * minute))
    for (let i = 0; i < 500; i++) detector.learn(wave(start + i * minute), start + i * minute)
    const time = start + 500 * minute
    assert.ok(Math.abs((detector.score(0, time).expected as number) - wave(time)) < 0.1)
    assert.equal(detector.score(-wave(time), time).isAnomaly, true)
  })

  it('says nothing of a part of the cycle that it has not seen', () => {
    const detector = make('seasonal')
    for (let i = 0; i < 40; i++) detector.learn(i % 2, start + i * minute)
    assert.equal(detector.score(0, start + 5 * hour).score, null)
  })

  const offset = offsetsOf('Europe/Berlin')
  const toLocal = (time: number): number => time + offset(time)
  /** Work from 8 to 18 h by the clock on the wall, with an even noise that never passes three sigmas. */
  const next = random(1)
  const work = (time: number): number => {
    const hour = new Date(toLocal(time)).getUTCHours()
    return (hour >= 8 && hour < 18 ? 10 : 0) + next()
  }
  // the clocks change in the night before the last day
  const changes: [string, number, number][] = [
    ['summer', Date.UTC(2024, 2, 1), Date.UTC(2024, 2, 31)],
    ['winter', Date.UTC(2024, 8, 27), Date.UTC(2024, 9, 27)]
  ]

  for (const [name, from, day] of changes) {
    it(`keeps to the clock on the wall on the day when it changes to ${name} time`, () => {
      const [local, utc] = [{ toLocal }, {}].map(options => make('seasonal', options))
      for (let time = from; time < day; time += 15 * minute) for (const one of [local, utc]) one.learn(work(time), time)
      const isAnomaly = (detector: typeof local): boolean[] =>
        Array.from({ length: 20 }, (_, i) => {
          const time = day + 5 * hour + i * 15 * minute
          return detector.score(work(time), time).isAnomaly
        })
      assert.ok(!isAnomaly(local).includes(true))
      assert.ok(isAnomaly(utc).includes(true))
    })
  }

  it('takes the zone from the settings', async () => {
    const [, from, day] = changes[0]
    const count = (day + 24 * hour - from) / (15 * minute)
    const messages = Array.from({ length: count }, (_, i) => from + i * 15 * minute).map(ts => ({
      topic: 'line',
      payload: work(ts),
      ts
    }))
    const alarmsIn = async (timezone: string): Promise<number> => {
      const flow = [
        { id: 's', type: 'stream-settings', time: 'ts', timeType: 'msg', timezone },
        { id: 'in', type: 'inject', wires: [['a']] },
        { id: 'a', type: 'stream-anomaly', settings: 's', method: 'seasonal', wires: [[], ['out']] },
        { id: 'out', type: 'debug', wires: [] }
      ]
      const { out } = await runFlow(flow, { inputs: { in: messages } })
      return out.filter(message => (message.ts as number) >= day).length
    }
    assert.equal(await alarmsIn('Europe/Berlin'), 0)
    assert.ok((await alarmsIn('UTC')) > 0)
  })
})
