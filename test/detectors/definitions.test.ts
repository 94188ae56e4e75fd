import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { MethodName } from '#engine/detectors/index'
import { judgements, make, normal } from './streams'

const window = 9
const warmup = 4
const values = fc.array(fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
  minLength: 20,
  maxLength: 60
})

const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0)
const mean = (all: readonly number[]): number => sum(all) / all.length
const sd = (all: readonly number[]): number => Math.sqrt(sum(all.map(x => (x - mean(all)) ** 2)) / (all.length - 1))
function quantile(all: readonly number[], share: number): number {
  const sorted = [...all].sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const low = sorted[Math.floor(place)]
  return low + (place - Math.floor(place)) * (sorted[Math.ceil(place)] - low)
}
const median = (all: readonly number[]): number => quantile(all, 0.5)

/** Expected value and half the width of the band of one sigma, by the book, from the values before. */
const definitions: Record<string, (past: readonly number[], all: readonly number[]) => [number, number]> = {
  zscore: past => [mean(past), sd(past)],
  mad: past => [median(past), 1.4826 * median(past.map(x => Math.abs(x - median(past))))],
  iqr: past => [median(past), quantile(past, 0.75) - quantile(past, 0.25)],
  ewma: (_, all) => {
    // explicit weights of all values so far: the first ones alike, each later one 2 / (window + 1)
    let weights: number[] = []
    all.forEach((_, i) => {
      const newest = Math.max(2 / (window + 1), 1 / (i + 1))
      weights = [...weights.map(weight => weight * (1 - newest)), newest]
    })
    const centre = sum(all.map((x, i) => weights[i] * x))
    return [centre, Math.sqrt(sum(all.map((x, i) => weights[i] * (x - centre) ** 2)))]
  },
  change: past => [mean(past), sd(past)]
}

function near(actual: number, expected: number, scale: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * scale, `${actual} is not ${expected}`)
}

describe('a detector equals its slow definition', () => {
  for (const method of ['zscore', 'mad', 'iqr', 'ewma'] satisfies MethodName[]) {
    it(method, () => {
      fc.assert(
        fc.property(values, all => {
          const threshold = 2
          judgements(make(method, { window, warmup, threshold }), all).forEach((judgement, i) => {
            const before = all.slice(0, i)
            if (i < warmup) return assert.equal(judgement.score, null)
            const past = before.slice(-window)
            const [expected, unit] = definitions[method](past, before)
            const scale = Math.max(1, ...before.map(Math.abs))
            near(judgement.expected as number, expected, scale)
            if (method === 'iqr') {
              near(judgement.lower as number, quantile(past, 0.25) - threshold * unit, scale)
              near(judgement.upper as number, quantile(past, 0.75) + threshold * unit, scale)
            } else {
              near(judgement.lower as number, expected - threshold * unit, 4 * scale)
              near(judgement.upper as number, expected + threshold * unit, 4 * scale)
            }
            const { lower, upper, isAnomaly, score } = judgement
            const distance = Math.min(Math.abs(all[i] - (lower as number)), Math.abs(all[i] - (upper as number)))
            if (distance > 1e-9 * scale)
              assert.equal(isAnomaly, all[i] < (lower as number) || all[i] > (upper as number))
            assert.equal(isAnomaly, (score as number) > 0.5)
          })
        })
      )
    })
  }

  it('change: the old level is left with the alarm, be that the first anomaly or the third in a row', () => {
    for (const hold of [1, 2, 3]) {
      const noise = normal(5)
      const values = Array.from({ length: 200 }, (_, i) => noise() + (i < 100 ? 0 : 6))
      const anomalies = judgements(make('change', { hold }), values).flatMap(({ isAnomaly }, i) =>
        isAnomaly ? [i] : []
      )
      assert.equal(anomalies.length, hold)
      assert.ok(anomalies.every((at, i) => at === anomalies[0] + i && at >= 100 && at < 105))
    }
  })

  it('change: deviations beyond half a sigma are summed up, until the sum passes the threshold', () => {
    fc.assert(
      fc.property(values, all => {
        const threshold = 5
        let from = 0
        let [up, down] = [0, 0]
        judgements(make('change', { window, warmup, threshold }), all).forEach(({ score, deviation, isAnomaly }, i) => {
          if (from === Infinity) return
          const past = all.slice(from, i).slice(-window)
          if (past.length < warmup) return assert.equal(score, null)
          const [expected, sigma] = definitions.change(past, past)
          if (sigma < 1e-9 * Math.max(...past.map(Math.abs), 1)) return void (from = Infinity)
          const z = (all[i] - expected) / sigma
          up = Math.max(0, up + z - 0.5)
          down = Math.max(0, down - z - 0.5)
          near(Math.abs(deviation as number), Math.max(up, down), 1e3 * Math.max(1, up, down))
          if (!isAnomaly) return
          assert.ok(Math.max(up, down) > threshold - 1e-6)
          from = i
          up = down = 0
        })
      })
    )
  })
})
