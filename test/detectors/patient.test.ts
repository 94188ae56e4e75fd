import assert from 'node:assert/strict'
import { auto } from '#engine/detectors/auto/index'
import type { Detector } from '#engine/detectors/detector'
import { patient } from '#engine/detectors/patient'
import { judgements, make, normal, optionsOf } from './streams'

const options = optionsOf('auto', { hold: 3 })

/** Noise with a fault of `length` values that are far too high. */
function faulty(seed: number, length: number): number[] {
  const next = normal(seed)
  return Array.from({ length: 600 }, (_, i) => next() + (i >= 500 && i < 500 + length ? 20 : 0))
}

const anomaliesOf = (detector: Detector, values: number[]): number[] =>
  judgements(detector, values).flatMap(({ isAnomaly }, i) => (isAnomaly && i >= 500 ? [i] : []))

describe('auto, where an alarm takes several anomalies in a row', () => {
  it('is not used to a fault before it is an alarm', () => {
    const found = (make: () => Detector): number =>
      Array.from({ length: 20 }, (_, i) =>
        anomaliesOf(make(), faulty(i + 1, 20))
          .slice(0, 3)
          .join()
      ).filter(first => first === '500,501,502').length
    assert.equal(
      found(() => patient(auto(options), 3)),
      20
    )
    assert.ok(found(() => auto(options)) < 10)
  })
  it('has learnt all of it afterwards, as if it had learnt it at once', () => {
    for (const length of [1, 2, 3, 4, 20]) {
      const values = faulty(7, length)
      const [waits, does] = [patient(auto(options), 3), auto(options)]
      const [late, soon] = [judgements(waits, values), judgements(does, values)]
      assert.deepEqual(late.slice(500 + Math.max(length, 3)), soon.slice(500 + Math.max(length, 3)), `${length}`)
    }
  })
  it('goes on as before after a snapshot anywhere, also one of a node that did not wait', () => {
    const values = faulty(3, 4)
    for (let at = 498; at < 508; at++) {
      const [whole, first, restored] = [0, 1, 2].map(() => make('auto', { hold: 3 }))
      judgements(first, values.slice(0, at))
      restored.restore(JSON.parse(JSON.stringify(first.snapshot())))
      const rest = judgements(restored, values.slice(at), at)
      assert.deepEqual(rest, judgements(whole, values).slice(at))
    }
    const [waits, does] = [make('auto', { hold: 3 }), auto(options)]
    judgements(does, values)
    waits.restore(does.snapshot())
    assert.deepEqual(
      judgements(waits, values, 600),
      judgements(make('auto', { hold: 3 }), [...values, ...values]).slice(600)
    )
  })
})
