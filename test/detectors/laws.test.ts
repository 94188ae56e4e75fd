import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type MethodName, methodNames } from '#engine/detectors/index'
import { judgements, make, minute, normal, start } from './streams'

const sigmas = methodNames.filter(name => name !== 'flatline' && name !== 'frequency')
const small = { window: 7, warmup: 3, period: 40 * minute }
const next = normal(1)
const noise = Float64Array.from({ length: 1500 }, next)

describe('every detector', () => {
  for (const method of methodNames) {
    describe(method, () => {
      it('goes on as before after a snapshot anywhere, through JSON text', () => {
        const values = fc.array(
          fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e300, max: 1e300, noNaN: true })),
          {
            maxLength: 60
          }
        )
        fc.assert(
          fc.property(values, fc.nat(60), (all, at) => {
            const whole = make(method, small)
            const first = make(method, small)
            judgements(first, all.slice(0, at))
            const restored = make(method, small)
            restored.restore(JSON.parse(JSON.stringify(first.snapshot())))
            judgements(whole, all.slice(0, at))
            assert.deepEqual(judgements(restored, all.slice(at), at), judgements(whole, all.slice(at), at))
          }),
          { numRuns: 30 }
        )
      })

      it('goes on as before after a snapshot late in a long stream', () => {
        const whole = make(method)
        const first = make(method)
        judgements(whole, noise)
        judgements(first, noise)
        const restored = make(method)
        restored.restore(JSON.parse(JSON.stringify(first.snapshot())))
        assert.deepEqual(judgements(restored, noise, noise.length), judgements(whole, noise, noise.length))
      })

      it('judges by the past only: what follows changes nothing, nor does asking twice', () => {
        const alone = judgements(make(method), noise.subarray(0, 700))
        const followed = make(method)
        const asked = judgements(
          {
            ...followed,
            score(value, time) {
              followed.score(value, time)
              return followed.score(value, time)
            }
          },
          Float64Array.from([...noise.subarray(0, 700), 1e9])
        )
        assert.deepEqual(asked.slice(0, 700), alone)
      })

      it('keeps a snapshot apart from what comes later', () => {
        const detector = make(method)
        judgements(detector, noise)
        const snapshot = detector.snapshot()
        const before = JSON.stringify(snapshot)
        judgements(detector, noise, noise.length)
        assert.equal(JSON.stringify(snapshot), before)
      })
    })
  }

  for (const method of sigmas) {
    describe(method, () => {
      const constant = new Float64Array(400).fill(0.1)
      // a seasonal detector knows a part of its cycle from the second one on
      const options = { period: 40 * minute }

      it('takes any other value for an anomaly after a constant past, and the same value for none', () => {
        for (const [value, isAnomaly] of [
          [0.1, false],
          [0.1000001, true],
          [-5, true]
        ] as const) {
          const detector = make(method, options)
          judgements(detector, constant)
          const judgement = detector.score(value, start + 400 * 5 * minute)
          assert.equal(judgement.isAnomaly, isAnomaly, `${value}`)
          assert.ok((judgement.score as number) >= 0 && (judgement.score as number) <= 1)
          assert.ok(Number.isFinite(judgement.deviation))
        }
      })

      it('looks into its direction only', () => {
        for (const [direction, value, isAnomaly] of [
          ['high', 100, true],
          ['high', -100, false],
          ['low', 100, false],
          ['low', -100, true],
          ['both', 100, true],
          ['both', -100, true]
        ] as const) {
          const detector = make(method, { ...options, direction })
          judgements(detector, noise.subarray(0, 1000))
          const judgement = detector.score(value, start + 1000 * 5 * minute)
          assert.equal(judgement.isAnomaly, isAnomaly, `${direction} ${value}`)
        }
      })

      it('says nothing before it has seen enough', () => {
        const [first] = judgements(make(method), noise.subarray(0, 1))
        assert.deepEqual([first.score, first.isAnomaly, first.expected], [null, false, null])
      })

      it('says what it expects and between what values all is well', () => {
        const judged = judgements(make(method, options), noise).slice(100)
        const told = judged.filter(({ score }) => score !== null)
        assert.ok(told.length > 1000)
        for (const { lower, upper, expected } of told) {
          assert.ok((lower as number) <= (expected as number) && (expected as number) <= (upper as number))
        }
      })
    })
  }

  for (const method of ['zscore', 'mad', 'iqr', 'change', 'seasonal'] satisfies MethodName[]) {
    it(`${method}: a spike that has left the window leaves no trace`, () => {
      // the cycle of the seasonal one remembers for longer: there a spike may not fall into a part of the cycle seen again
      const options = method === 'seasonal' ? { window: 50, period: 10_000 * minute } : { window: 50, threshold: 1e6 }
      const values = Float64Array.from({ length: 400 }, normal(5))
      const spiked = values.slice()
      spiked[200] = 1e16
      const [clean, after] = [values, spiked].map(all => judgements(make(method, options), all))
      if (method === 'change') assert.equal(after[200].isAnomaly, true)
      assert.deepEqual(
        after.slice(300).map(({ expected }) => expected),
        clean.slice(300).map(({ expected }) => expected)
      )
    })
  }
})
