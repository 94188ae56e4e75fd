import assert from 'node:assert/strict'
import { make, minute, normal, start } from './streams'

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
})
