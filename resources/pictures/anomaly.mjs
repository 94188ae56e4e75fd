// Readings with the band in which a value is normal, and those that lie outside.
import { spokenLength } from '../duration.mjs'
import { normalQuantile } from '../normal.mjs'
import { countOf, numberOf } from '../numbers.mjs'
import { exampleOf, quartile, quartileDistance } from './anomaly-example.mjs'
import { scenes } from './anomaly-scenes.mjs'
import { dot, line, path, picture, rect, scale, tag, words } from './svg.mjs'

const y = scale(-8, 8, 126, 14)

/** The threshold that holds: that of the method where none is given. */
function thresholdOf({ method, threshold }) {
  const usual = { auto: 0.9999, iqr: 1.5, change: 5 }
  return numberOf(threshold, usual[method] ?? 3)
}

/** Half the band in standard deviations, as the method's threshold means it. */
function reachOf(method, threshold) {
  if (method === 'iqr') return quartile + quartileDistance * threshold
  if (method === 'auto') return normalQuantile(1 - (1 - Math.min(Math.max(threshold, 0.5), 1 - 1e-9)) / 2)
  return threshold
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
  const threshold = thresholdOf(values)
  const reach = reachOf(method, threshold)
  const inRow = countOf(values.hold, 1)
  const scene = (scenes[method] ?? scenes.auto)(reach, direction, values.learn, inRow)
  // of a silence no record tells that could be counted
  const hold = scene.gap ? 1 : inRow
  const x = scale(0, scene.points.length - 1)
  const raised = alarms(
    scene.points.map(({ isOut }) => isOut),
    hold,
    values.alarm
  )
  const clamp = value => Math.min(Math.max(y(value), 4), 136)
  const upper = scene.points.map((point, i) => [x(i), direction === 'low' ? 4 : clamp(point.expected + reach)])
  const lower = scene.points.map((point, i) => [x(i), direction === 'high' ? 136 : clamp(point.expected - reach)])
  const band = [...upper, ...lower.reverse()]
  const count = raised.filter(Boolean).length
  const caption = [
    say(`picture.${method}`, { duration: spokenLength(values.duration) }),
    hold > 1 ? say('picture.hold', { hold }) : '',
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
    message: exampleOf(scene, raised, values, { reach, threshold })
  }
}
