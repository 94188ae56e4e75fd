import assert from 'node:assert/strict'
import { Baseline } from '#engine/detectors/auto/baseline'
import { Beats } from '#engine/detectors/auto/beats'
import { Cycle } from '#engine/detectors/auto/cycle'
import { History } from '#engine/detectors/auto/history'
import { judgements, make, normal, random } from '../streams'

/** How high a beat is at a part of it: a rise, a fall, a second hump. */
const beat = (part: number): number =>
  Math.exp(-(((part - 0.25) / 0.06) ** 2)) + 0.6 * Math.exp(-(((part - 0.6) / 0.09) ** 2))

const odd: Record<string, (part: number) => number> = {
  'half as high': part => beat(part) / 2,
  backwards: part => beat(1 - part),
  'without its second hump': part => (part < 0.42 ? beat(part) : 0),
  'held in the middle of its rise': part => (part > 0.22 && part < 0.6 ? beat(0.22) : beat(part))
}

/** Beats of about 120 values, each of another length and height; `strange` is the 70th of 100. */
function beats(strange: (part: number) => number, seed: number): { values: number[]; from: number; to: number } {
  const [uniform, next] = [random(seed), normal(seed + 1)]
  const values: number[] = []
  let [from, to] = [0, 0]
  for (let n = 0; n < 100; n++) {
    const length = Math.round(120 * (0.95 + 0.1 * uniform()))
    const height = 0.95 + 0.1 * uniform()
    if (n === 70) [from, to] = [values.length, values.length + length]
    const shape = n === 70 ? strange : beat
    for (let i = 0; i < length; i++) values.push(height * shape(i / length) + 0.02 * next())
  }
  return { values, from, to }
}

/** The evidence of whole cycles against each value. */
function weigh(values: readonly number[]): number[] {
  const [history, baseline] = [new History(), new Baseline(0.002)]
  const cycle = new Cycle(history)
  const whole = new Beats(cycle)
  return values.map(value => {
    const surprise = whole.surprise(value, baseline)
    history.add(value)
    cycle.learn()
    whole.learn(value)
    baseline.add(value)
    return surprise
  })
}

describe('the evidence of whole cycles', () => {
  for (const [name, strange] of Object.entries(odd)) {
    it(`is greatest where a beat is ${name}`, () => {
      for (let seed = 0; seed < 5; seed++) {
        const { values, from, to } = beats(strange, 10 * seed)
        const evidence = weigh(values)
        const at = evidence.indexOf(Math.max(...evidence))
        // the newest cycle has parts of it until one more has passed
        assert.ok(at >= from && at < to + 126, `seed ${seed}: ${at} is not in ${from} to ${to}`)
      }
    })
  }

  it('begins anew where the cycle has another length', () => {
    const slower = Array.from({ length: 6000 }, (_, i) => Math.sin(i / 30))
    const evidence = weigh([...Array.from({ length: 6000 }, (_, i) => Math.sin(i / 10)), ...slower])
    assert.ok(Math.max(...evidence.slice(9000)) < 3)
  })

  it('is none where there is no cycle', () => {
    assert.deepEqual(new Set(weigh(Array.from({ length: 5000 }, normal(3)))), new Set([0]))
  })
})

describe('auto', () => {
  it('tells that a beat has an unusual shape', () => {
    const { values, from, to } = beats(odd['without its second hump'], 0)
    const told = judgements(make('auto', { threshold: 0.999 }), values).slice(from, to + 126)
    assert.ok(told.some(({ isAnomaly, reason }) => isAnomaly && reason === 'unusual shape'))
  })
})
