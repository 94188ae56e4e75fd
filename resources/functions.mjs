// The functions that a row of aggregates offers: group, argument, and the plain definition that the preview computes
// from a handful of sample values. Each takes (values, { times, start, end, arg }); a test holds them against the engine.
const sum = values => values.reduce((total, value) => total + value, 0)
const mean = values => sum(values) / values.length
const sorted = values => [...values].sort((a, b) => a - b)
const least = (n, formula) => (values, about) => (values.length < n ? null : formula(values, about))
const powers = (values, power) => sum(values.map(value => (value - mean(values)) ** power))
const variance = values => powers(values, 2) / (values.length - 1)
const variancePop = values => powers(values, 2) / values.length

function percentile(values, percent) {
  const all = sorted(values)
  const position = (percent / 100) * (all.length - 1)
  const below = Math.floor(position)
  return all[below] + (position - below) * ((all[below + 1] ?? all[below]) - all[below])
}

function mode(values) {
  const times = value => values.filter(other => other === value).length
  return sorted(values).reduce((best, value) => (times(value) > times(best) ? value : best))
}

function slope(values, { times }) {
  const middle = mean(times)
  const spread = sum(times.map(time => (time - middle) ** 2))
  if (spread === 0) return null
  return (1000 * sum(times.map((time, i) => (time - middle) * (values[i] - mean(values))))) / spread
}

/** Value x ms: each value holds until the next record, the last until the end. */
const area = (values, { times, end }) => sum(values.map((value, i) => value * ((times[i + 1] ?? end) - times[i])))

function skewness(values) {
  const n = values.length
  const deviation = Math.sqrt(variance(values))
  return deviation === 0 ? null : (n * powers(values, 3)) / ((n - 1) * (n - 2) * deviation ** 3)
}

function kurtosis(values) {
  const n = values.length
  const second = powers(values, 2)
  if (second === 0) return null
  return ((n - 1) / ((n - 2) * (n - 3))) * ((n * (n + 1) * powers(values, 4)) / second ** 2 - 3 * (n - 1))
}

const hour = 3_600_000
const last = values => values[values.length - 1]

/** Name -> { group, arg?: 'percent' | 'duration', of }: the only list of them in the editor. */
export const functions = {
  count: { group: 'count', of: values => values.length },
  rate: { group: 'count', of: (values, { start, end }) => (1000 * values.length) / (end - start) },
  distinct: { group: 'count', of: values => new Set(values).size },
  mean: { group: 'level', of: least(1, mean) },
  min: { group: 'level', of: least(1, values => Math.min(...values)) },
  max: { group: 'level', of: least(1, values => Math.max(...values)) },
  sum: { group: 'level', of: least(1, sum) },
  median: { group: 'level', of: least(1, values => percentile(values, 50)) },
  percentile: { group: 'level', arg: 'percent', of: least(1, (values, { arg }) => percentile(values, Number(arg))) },
  mode: { group: 'level', of: least(1, mode) },
  rms: { group: 'level', of: least(1, values => Math.sqrt(mean(values.map(value => value ** 2)))) },
  first: { group: 'change', of: least(1, values => values[0]) },
  last: { group: 'change', of: least(1, last) },
  delta: { group: 'change', of: least(1, values => last(values) - values[0]) },
  increase: {
    group: 'change',
    of: least(1, values => sum(values.slice(1).map((value, i) => (value < values[i] ? value : value - values[i]))))
  },
  slope: { group: 'change', of: least(2, slope) },
  timeMean: { group: 'time', of: least(1, (values, about) => area(values, about) / (about.end - about.times[0])) },
  integral: {
    group: 'time',
    arg: 'duration',
    of: least(1, (values, about) => area(values, about) / (about.arg || hour))
  },
  range: { group: 'spread', of: least(1, values => Math.max(...values) - Math.min(...values)) },
  stddev: { group: 'spread', of: least(2, values => Math.sqrt(variance(values))) },
  variance: { group: 'spread', of: least(2, variance) },
  stddevPop: { group: 'spread', of: least(1, values => Math.sqrt(variancePop(values))) },
  variancePop: { group: 'spread', of: least(1, variancePop) },
  iqr: { group: 'spread', of: least(1, values => percentile(values, 75) - percentile(values, 25)) },
  mad: {
    group: 'spread',
    of: least(1, values => {
      const middle = percentile(values, 50)
      return percentile(
        values.map(value => Math.abs(value - middle)),
        50
      )
    })
  },
  skewness: { group: 'spread', of: least(3, skewness) },
  kurtosis: { group: 'spread', of: least(4, kurtosis) },
  collect: { group: 'list', of: values => [...values] }
}
