// What each method of the anomaly node is good for, as sixty readings in standard deviations around 0.
import { noise } from '../samples.mjs'

const length = 60
const quiet = noise(length).map(value => Math.max(Math.min(value, 2.2), -2.2))

const isOutside = (deviation, reach, direction) =>
  (direction !== 'low' && deviation > reach) || (direction !== 'high' && deviation < -reach)

/** Readings against a band around what is expected. */
const banded = (values, expected, reach, direction) => ({
  hasBand: true,
  points: values.map((value, i) => ({
    value,
    expected: expected(i),
    isOut: isOutside(value - expected(i), reach, direction)
  }))
})

const spikes = { 24: 6.2, 25: 5.6, 41: -5.8, 52: 3.4 }
const spiky = quiet.map((value, i) => spikes[i] ?? value * 0.8)

function seasonal(reach, direction) {
  const wave = i => 2.8 * Math.sin(i / 5)
  const values = quiet.map((value, i) => wave(i) + value * 0.5 + (i === 39 || i === 40 ? -5.2 : 0))
  return banded(values, wave, reach, direction)
}

/**
 * The level drifts: deviations add up until their sum (slack: half a sigma) passes the threshold. With the alarm the new
 * level begins to be learnt, which takes longer than the scene, or else the sums stay as they were.
 */
function change(reach, direction, learns, hold = 1) {
  const slack = 0.5
  let sums = { up: 0, down: 0 }
  let isLearning = false
  let inRow = 0
  const points = quiet.map((noisy, i) => {
    const value = noisy * 0.8 + (i >= 30 ? (direction === 'low' ? -2 : 2) : 0)
    const up = Math.max(0, sums.up + value - slack)
    const down = Math.max(0, sums.down - value - slack)
    const deviation = direction === 'low' || (direction === 'both' && down > up) ? -down : up
    const isOut = !isLearning && Math.abs(deviation) > reach
    const lower = sums.down - reach - slack
    const upper = reach + slack - sums.up
    inRow = isOut ? inRow + 1 : 0
    isLearning ||= inRow >= hold && learns
    if (!isOut || learns) sums = { up, down }
    return { value, expected: 0, deviation, lower, upper, isOut }
  })
  return { hasBand: false, points }
}

function flatline() {
  const points = quiet.map((value, i) => ({
    value: i >= 28 && i <= 50 ? quiet[28] : value,
    expected: 0,
    isOut: i >= 46 && i <= 50
  }))
  return { hasBand: false, points, gap: [28, 46] }
}

function frequency() {
  const points = quiet.map((value, i) => ({
    value: i > 28 && i <= 50 ? undefined : value,
    expected: 0,
    isOut: i === 46
  }))
  return { hasBand: false, points, gap: [28, 46] }
}

const spike = (reach, direction) => banded(spiky, () => 0, reach, direction)

function ewma(reach, direction) {
  let level = 0
  const levels = spiky.map((value, i) => {
    const expected = level
    level += 0.25 * ((i in spikes ? expected : value) - level)
    return expected
  })
  return banded(spiky, i => levels[i], reach, direction)
}

/**
 * method -> (reach, direction, learns, hold) => { points, hasBand, gap? }. A point is { value, expected, isOut }, with deviation,
 * lower and upper where these do not follow from the reach.
 */
export const scenes = {
  auto: spike,
  zscore: spike,
  mad: spike,
  iqr: spike,
  ewma,
  seasonal,
  change,
  flatline,
  frequency
}
