import assert from 'node:assert/strict'
import { judgements, make, minute, noises, normal, start } from '../streams'

describe('auto', () => {
  for (const [name, noise] of Object.entries(noises)) {
    it(`tells of ${name} as rarely as the threshold promises, before the rest`, () => {
      const threshold = 0.999
      const next = noise(11)
      // two anomalies in a row are asked for, so that there is no rest
      const detector = make('auto', { threshold, hold: 2 })
      const count = 60_000
      let alarms = 0
      for (let i = 0; i < count; i++) {
        const value = next(i)
        if (detector.score(value, start + i * 5 * minute).isAnomaly) alarms++
        detector.learn(value, start + i * 5 * minute)
      }
      const promised = count * (1 - threshold)
      assert.ok(alarms > 0.5 * promised && alarms < 2 * promised, `${alarms} of ${promised}`)
    })
  }

  const quiet = (length: number, seed = 4): number[] => Array.from({ length }, normal(seed))

  it('calls a spike by its side', () => {
    const up = judgements(make('auto'), [...quiet(2000), 30]).at(-1)
    const down = judgements(make('auto'), [...quiet(2000), -30]).at(-1)
    assert.deepEqual([up?.isAnomaly, up?.reason], [true, 'above range'])
    assert.deepEqual([down?.isAnomaly, down?.reason], [true, 'below range'])
  })

  it('notices a level that moved by less than any single value tells', () => {
    const values = quiet(3000)
    for (let i = 2500; i < 3000; i++) values[i] += 2
    const told = judgements(make('auto', { threshold: 0.999 }), values).slice(2500)
    assert.ok(told.slice(0, 60).some(({ isAnomaly, reason }) => isAnomaly && reason === 'level shift'))
  })

  it('notices that the daily rise is missing', () => {
    const next = normal(8)
    const daily = (i: number): number => (i % 288 > 100 && i % 288 < 200 ? 20 : 0) + next()
    const values = Array.from({ length: 14 * 288 }, (_, i) => daily(i))
    for (let i = 13 * 288; i < values.length; i++) values[i] = next()
    const rarest = judgements(make('auto', { hold: 2 }), values)
      .map(({ score }, i) => ({ score: score as number, day: Math.floor(i / 288) }))
      .filter(({ day }) => day >= 4)
      .sort((a, b) => b.score - a.score)
      .slice(0, 10)
    assert.ok(rarest.filter(({ day }) => day === 13).length > 5)
  })

  it('tells one event once: a rest follows, which only a greater surprise breaks', () => {
    const values = [...quiet(2000), 30, 30, 30, 30, 1e4]
    const told = judgements(make('auto'), values).slice(2000)
    assert.deepEqual(
      told.map(({ isAnomaly }) => isAnomaly),
      [true, false, false, false, true]
    )
  })

  it('keeps no rest where anomalies in a row are asked for', () => {
    const told = judgements(make('auto', { hold: 3 }), [...quiet(2000), 30, 40, 50]).slice(2000)
    assert.deepEqual(
      told.map(({ isAnomaly }) => isAnomaly),
      [true, true, true]
    )
  })

  it('has a band that holds the share of values which the threshold lets pass', () => {
    const values = quiet(20_000)
    const told = judgements(make('auto', { threshold: 0.99 }), values)
    const outside = told
      .slice(2000)
      .filter(({ lower, upper }, i) => values[2000 + i] < (lower as number) || values[2000 + i] > (upper as number))
    assert.ok(outside.length > 90 && outside.length < 360, `${outside.length} of 180`)
  })

  it('stays within 64 KB a key, as text of a snapshot too', () => {
    const detector = make('auto')
    // of all there is to know of a stream: it has a cycle, too
    judgements(
      detector,
      quiet(5000).map((value, i) => value + 10 * Math.sin(i / 10))
    )
    assert.ok(JSON.stringify(detector.snapshot()).length < 64 * 1024)
  })

  it('takes values of any size without losing itself', () => {
    const extremes = [0, 1e308, -1e308, 5e-324, 1e16, 0, 0]
    const told = judgements(make('auto'), [...quiet(200), ...extremes, ...quiet(3000)])
    for (const { score } of told.slice(30)) assert.ok((score as number) >= 0 && (score as number) <= 1, `${score}`)
  })
})
