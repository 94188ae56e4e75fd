import { readFileSync } from 'node:fs'

const file = new URL('../data/weather.csv', import.meta.resolve('vega-datasets'))
const topics = { Seattle: 'weather/seattle', 'New York': 'weather/new-york' }
const daysPerSecond = 4

/** The recorded days, in order: [date, [topic, record][]]. */
function readDays() {
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
  const names = header.split(',')
  const days = Map.groupBy(
    lines.map(line => Object.fromEntries(line.split(',').map((text, i) => [names[i], text]))),
    ({ date }) => date
  )
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, rows]) => [date, rows.map(toRecord)])
}

function toRecord({ location, date, temp_max, temp_min, precipitation, wind }) {
  const record = { date, max: Number(temp_max), min: Number(temp_min), rain: Number(precipitation), wind: Number(wind) }
  return [topics[location], record]
}

/**
 * Four years of two cities' weather, several days a second. Each round begins with a message on replay/weather, which has
 * a moment to itself: by then all has forgotten the round before.
 */
export function publishWeather({ publish }) {
  const days = readDays()
  let next = -1
  const timer = setInterval(() => {
    if (next < 0) publish('replay/weather', { from: days[0][0], to: days.at(-1)[0] })
    else for (const [topic, record] of days[next][1]) publish(topic, record)
    next = next + 1 < days.length ? next + 1 : -1
  }, 1000 / daysPerSecond)
  return () => clearInterval(timer)
}
