// The first anomalous record of a scene as it leaves output 2, judged as the engine does.
import { sampleTopic } from '../common.mjs'
import { parseDuration } from '../duration.mjs'
import { normalShare } from '../normal.mjs'
import { fieldsOf } from '../preview.mjs'

/** Standard deviations as degrees of a room. */
const toReading = sigmas => Number((21.5 + sigmas / 2).toFixed(1))
const rounded = value => Number(value.toFixed(4))

/** Of a normal sensor: how far its quartiles lie from the middle, and from each other. */
export const quartile = 0.6745
export const quartileDistance = 2 * quartile

/** Signed distance from what is expected, in the unit of the method's threshold. */
function deviationOf(method, { value, expected, deviation = value - expected }) {
  if (method !== 'iqr') return deviation
  return (Math.sign(deviation) * Math.max(0, Math.abs(deviation) - quartile)) / quartileDistance
}

/** What is said of a silence that has just become too long; no record says it, so that there is no value. */
function judgeSilence({ method, duration }) {
  return {
    score: 0.5,
    isAnomaly: true,
    state: 'start',
    value: null,
    expected: null,
    lower: null,
    upper: null,
    deviation: parseDuration(duration) ?? null,
    method,
    reason: method === 'flatline' ? 'stuck' : 'silent'
  }
}

function judge(point, isRaised, { method, direction }, { reach, threshold }) {
  const deviation = deviationOf(method, point)
  const isLookedAt = direction === 'both' || deviation > 0 === (direction === 'high')
  const size = isLookedAt ? Math.abs(deviation) : 0
  // rounded down: no score is 1
  const share = Math.floor(1e6 * (1 - normalShare(isLookedAt ? deviation : 0))) / 1e6
  const score = method === 'auto' ? share : rounded(size / (size + threshold))
  const side = method === 'change' ? 'level shift' : deviation > 0 ? 'above range' : 'below range'
  return {
    score,
    isAnomaly: point.isOut,
    state: isRaised ? 'start' : 'normal',
    value: toReading(point.value),
    expected: toReading(point.expected),
    lower: toReading(point.lower ?? point.expected - reach),
    upper: toReading(point.upper ?? point.expected + reach),
    deviation: method === 'auto' ? score : rounded(deviation),
    method,
    reason: point.isOut ? side : ''
  }
}

/** `raised`: which points of the scene raise an alarm; of none, the first record is shown. */
export function exampleOf(scene, raised, values, limits) {
  const i = Math.max(raised.indexOf(true), 0)
  const anomaly = scene.gap ? judgeSilence(values) : judge(scene.points[i], raised[i], values, limits)
  const reading = toReading(scene.points[scene.gap ? scene.gap[0] : i].value)
  const payload = values.valueType === 'msg' && values.value === 'payload' ? reading : { temperature: reading }
  return values.batch
    ? { topic: sampleTopic, payload: [{ ...fieldsOf(payload), anomaly }] }
    : { topic: sampleTopic, payload, anomaly }
}
