import type { Detector } from '#engine/detectors/detector'
import type { MethodName } from '#engine/detectors/index'
import { make, random, start } from '../detectors/streams'

const keys = 100
const points = 300_000
/** Turns of a method and the loop by hand, one after the other; two more before them warm up. */
const pairs = 15
const window = 1000

interface Row {
  device: string
  value: number
}

/** One column a statistic: what a z-score by hand costs that forgets exactly. */
function byHand(rows: readonly Row[]): () => number {
  return () => {
    const numbers = new Map<string, number>()
    const ring = new Float64Array(keys * window)
    const olderMean = new Float64Array(keys * window)
    const olderM2 = new Float64Array(keys * window)
    const at = new Int32Array(keys)
    const isFull = new Uint8Array(keys)
    const mean = new Float64Array(keys)
    const m2 = new Float64Array(keys)
    let found = 0
    for (const { device, value: x } of rows) {
      let k = numbers.get(device)
      if (k === undefined) numbers.set(device, (k = numbers.size))
      const n = at[k]
      const place = k * window + n
      const count = isFull[k] ? window : n
      let [m, s] = [mean[k], m2[k]]
      if (isFull[k]) {
        const d = m - olderMean[place]
        m = olderMean[place] + (d * n) / window
        s += olderM2[place] + (d * d * n * (window - n)) / window
      }
      if (count >= 30 && Math.abs(x - m) > 3 * Math.sqrt(s / (count - 1))) found++
      ring[place] = x
      const d = x - mean[k]
      mean[k] += d / (n + 1)
      m2[k] += d * (x - mean[k])
      if (++at[k] < window) continue
      at[k] = 0
      isFull[k] = 1
      mean[k] = m2[k] = 0
      for (let j = window - 1, [om, os] = [0, 0]; j >= 0; j--) {
        const y = ring[k * window + j]
        const e = y - om
        om += e / (window - j)
        os += e * (y - om)
        olderMean[k * window + j] = om
        olderM2[k * window + j] = os
      }
    }
    return found
  }
}

function byDetector(method: MethodName, rows: readonly Row[]): () => number {
  return () => {
    const detectors = new Map<string, Detector>()
    let found = 0
    let time = start
    for (const { device, value } of rows) {
      let detector = detectors.get(device)
      if (detector === undefined) detectors.set(device, (detector = make(method)))
      if (detector.score(value, time).isAnomaly) found++
      detector.learn(value, time)
      time += 10
    }
    return found
  }
}

function cpuOf(work: () => number): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

/** What a method costs: medians, and the middle half of its ratios to the loop by hand. */
export interface Cost {
  method: string
  microseconds: number
  times: number
  interval: [number, number]
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.round(share * (sorted.length - 1))]

/** CPU a point of each method, and how many times that of the loop by hand, in pairs. */
export function costOfAPoint(methods: readonly MethodName[]): Cost[] {
  const next = random(3)
  const rows = Array.from({ length: points }, (): Row => ({
    device: `device-${Math.floor(keys * next())}`,
    value: 20 + next() + next() + next()
  }))
  const hand = byHand(rows)
  return methods.map(method => {
    const work = byDetector(method, rows)
    const all = Array.from({ length: pairs + 2 }, () => ({ own: cpuOf(work), hand: cpuOf(hand) })).slice(2)
    const ratios = all.map(({ own, hand }) => own / hand).sort((a, b) => a - b)
    const owns = all.map(({ own }) => own / points).sort((a, b) => a - b)
    return {
      method,
      microseconds: quantile(owns, 0.5),
      times: quantile(ratios, 0.5),
      interval: [quantile(ratios, 0.25), quantile(ratios, 0.75)]
    }
  })
}
