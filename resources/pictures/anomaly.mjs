// Readings with the band in which a value is normal, and those that lie outside.
import { spokenLength } from '../duration.mjs'
import { countOf, numberOf } from '../numbers.mjs'
import { scenes } from './anomaly-scenes.mjs'
import { dot, line, path, picture, rect, scale, tag, words } from './svg.mjs'

const y = scale(-8, 8, 126, 14)

/** Half the band in standard deviations, as the method's threshold means it. */
function reachOf(method, threshold) {
  const given = numberOf(threshold, undefined)
  // of a normal sensor, quartiles lie 0.6745 sigmas from the middle and their distance is 1.349 sigmas
  if (method === 'iqr') return 0.6745 + 1.349 * (given ?? 1.5)
  if (method === 'auto') return normalQuantile(1 - (1 - Math.min(Math.max(given ?? 0.9999, 0.5), 1 - 1e-9)) / 2)
  return given ?? (method === 'change' ? 5 : 3)
}

/** Inverse of the normal distribution's upper half, Abramowitz & Stegun 26.2.23 (error below 0.00045). */
function normalQuantile(p) {
  const t = Math.sqrt(-2 * Math.log(1 - p))
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}

/** Which of the anomalous points raise an alarm: after `hold` in a row; each, or only start and end. */
function alarms(isOut, hold, mode) {
  let inRow = 0
  const isAlarm = isOut.map(out => (inRow = out ? inRow + 1 : 0) >= hold)
  return mode === 'change' ? isAlarm.map((on, i) => on !== (isAlarm[i - 1] ?? false)) : isAlarm
}

/** A ring around the dot, and a mark where alarms begin: to be seen without colour, too. */
const alarm = (cx, cy, isFirst) =>
  dot(cx, cy, 'stream-alarm', 6) +
  (isFirst ? words(cx, cy > 70 ? cy + 18 : cy - 9, '!', 'stream-alarm-mark', 'middle') : '')

function spanLines({ low, high }) {
  const bound = (value, at, below) =>
    numberOf(value, undefined) === undefined
      ? ''
      : line(4, at, 476, at, 'stream-bound') + words(472, at + (below ? 11 : -3), String(value), 'stream-faint', 'end')
  return bound(high, 5, true) + bound(low, 135, false)
}

/** { drawing, caption, message } of an anomaly detector. */
export function anomaly(values, say) {
  const { method, direction } = values
  const reach = reachOf(method, values.threshold)
  const scene = (scenes[method] ?? scenes.auto)(reach, direction)
  const x = scale(0, scene.points.length - 1)
  const raised = alarms(
    scene.points.map(({ isOut }) => isOut),
    countOf(values.hold, 1),
    values.alarm
  )
  const clamp = value => Math.min(Math.max(y(value), 4), 136)
  const upper = scene.points.map((point, i) => [x(i), direction === 'low' ? 4 : clamp(point.expected + reach)])
  const lower = scene.points.map((point, i) => [x(i), direction === 'high' ? 136 : clamp(point.expected - reach)])
  const band = [...upper, ...lower.reverse()]
  const count = raised.filter(Boolean).length
  const caption = [
    say(`picture.${method}`, { duration: spokenLength(values.duration) }),
    countOf(values.hold, 1) > 1 ? say('picture.hold', { hold: values.hold }) : '',
    values.alarm === 'change' ? say('picture.onlyChange') : ''
  ]
    .filter(Boolean)
    .join(' ')
  return {
    drawing: picture(
      140,
      `${caption} ${say('picture.alt', { count, records: scene.points.length })}`,
      scene.hasBand
        ? tag('path', { d: `M${band.map(point => point.map(Math.round).join(' ')).join('L')}Z`, class: 'stream-band' })
        : '',
      scene.gap ? rect(x(scene.gap[0]), 16, x(scene.gap[1]) - x(scene.gap[0]), 108, 'stream-waits') : '',
      scene.gap
        ? words((x(scene.gap[0]) + x(scene.gap[1])) / 2, 32, spokenLength(values.duration), 'stream-small', 'middle')
        : '',
      spanLines(values),
      path(
        scene.points.flatMap(({ value }, i) => (value === undefined ? [] : [[x(i), y(value)]])),
        'stream-curve'
      ),
      ...scene.points.map(({ value }, i) => (value === undefined ? '' : dot(x(i), y(value), 'stream-dot', 2.4))),
      ...scene.points.map(({ value = 0 }, i) => (raised[i] ? alarm(x(i), y(value), !raised[i - 1]) : ''))
    ),
    caption,
    message: exampleOf(scene, raised, values, reach)
  }
}

/** Standard deviations as degrees of a room. */
const toReading = deviation => Number((21.5 + deviation / 2).toFixed(1))

/** The first anomalous record as it leaves output 2. */
function exampleOf(scene, raised, { method, valueType, value, key }, reach) {
  const i = Math.max(raised.indexOf(true), 0)
  const { value: saved = 0, expected } = scene.points[i]
  const reading = toReading(saved)
  const band = { expected: toReading(expected), lower: toReading(expected - reach), upper: toReading(expected + reach) }
  const isPayload = valueType === 'msg' && value === 'payload'
  const topic = key === null ? {} : { topic: key }
  return {
    ...topic,
    payload: isPayload ? reading : { temperature: reading },
    anomaly: {
      isAnomaly: raised[i],
      state: raised[i] ? 'start' : 'normal',
      value: reading,
      ...(scene.hasBand ? band : {}),
      method
    }
  }
}
