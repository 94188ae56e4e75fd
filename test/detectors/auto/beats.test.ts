import assert from 'node:assert/strict'
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

describe('auto, where a stream repeats itself', () => {
  for (const [name, strange] of Object.entries(odd)) {
    it(`finds the beat that is ${name}`, () => {
      for (let seed = 0; seed < 5; seed++) {
        const { values, from, to } = beats(strange, 10 * seed)
        // two anomalies in a row are asked for, so that there is no rest
        const scores = judgements(make('auto', { hold: 2 }), values).map(({ score }) => score ?? 0)
        const learnt = Math.floor(from / 2)
        const at = learnt + scores.slice(learnt).indexOf(Math.max(...scores.slice(learnt)))
        assert.ok(at >= from && at < to + 60, `seed ${seed}: ${at} is not in ${from} to ${to}`)
      }
    })
  }
})
