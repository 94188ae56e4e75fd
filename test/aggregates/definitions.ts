import type { Sighting, Span } from '#engine/aggregate'
import { statistics } from './simple-statistics'

/** What an aggregate means: `rows` are those of the window that are not null, as they came. */
type Definition = (rows: readonly Sighting[], span: Span) => unknown

/** The definition of an aggregate of numbers, for at least `least` of them; `null` for less. */
const numeric =
  (of: (x: number[], rows: readonly Sighting[], span: Span) => unknown, least = 1): Definition =>
  (rows, span) =>
    rows.length < least ? null : of(rows.map(row => row.value) as number[], rows, span)

const inOrder = (rows: readonly Sighting[]): Sighting[] =>
  [...rows].sort((a, b) => a.time - b.time || a.arrival - b.arrival)

const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0)
const mean = (x: readonly number[]): number => sum(x) / x.length
const squares = (x: readonly number[]): number => sum(x.map(value => (value - mean(x)) ** 2))

function quantile(x: readonly number[], p: number): number {
  const sorted = [...x].sort((a, b) => a - b)
  const rank = p * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]]
  return low + (rank - Math.floor(rank)) * (high - low)
}

/** Is every value the same? Then some statistics of simple-statistics are 0/0. */
const isConstant = (x: readonly number[]): boolean => x.every(value => value === x[0])

/** Sum of value by ms, and how many ms, walking the window one ms after the other. */
function walk(rows: readonly Sighting[], { start, end, before }: Span): { area: number; covered: number } {
  const ordered = inOrder(before === null ? rows : [before, ...rows])
  let area = 0
  let covered = 0
  for (let ms = start; ms < end; ms++) {
    const holding = ordered.filter(({ time }) => time <= ms).pop()
    if (holding === undefined) continue
    area += holding.value as number
    covered++
  }
  return { area, covered }
}

/** Text by which values are the same: 1 and '1' differ. */
const identity = (value: unknown): string => JSON.stringify(value)

/** An order of all values: false, true, numbers, text, objects by their JSON. */
function compare(a: unknown, b: unknown): number {
  const types = ['boolean', 'number', 'string', 'object']
  if (typeof a !== typeof b) return types.indexOf(typeof a) - types.indexOf(typeof b)
  const [x, y] = (typeof a === 'object' ? [JSON.stringify(a), JSON.stringify(b)] : [a, b]) as [string, string]
  return x < y ? -1 : x > y ? 1 : 0
}

/** Every aggregate as slowly and plainly as can be; `arg` of percentile is 90, of integral 1m. */
export const definitions: Readonly<Record<string, Definition>> = {
  count: rows => rows.length,
  sum: numeric(sum),
  mean: numeric(mean),
  min: numeric(x => Math.min(...x)),
  max: numeric(x => Math.max(...x)),
  range: numeric(x => Math.max(...x) - Math.min(...x)),
  first: rows => inOrder(rows)[0]?.value ?? null,
  last: rows => inOrder(rows).pop()?.value ?? null,
  delta: numeric((_x, rows) => {
    const x = inOrder(rows).map(row => row.value) as number[]
    return x[x.length - 1] - x[0]
  }),
  increase: numeric((_x, rows, { before }) => {
    const x = inOrder(rows).map(row => row.value) as number[]
    const steps = before === null ? x : [before.value as number, ...x]
    return sum(steps.slice(1).map((next, i) => (next >= steps[i] ? next - steps[i] : next)))
  }),
  variance: numeric(x => squares(x) / (x.length - 1), 2),
  stddev: numeric(x => Math.sqrt(squares(x) / (x.length - 1)), 2),
  variancePop: numeric(x => squares(x) / x.length),
  stddevPop: numeric(x => Math.sqrt(squares(x) / x.length)),
  median: numeric(x => quantile(x, 0.5)),
  percentile: numeric(x => quantile(x, 0.9)),
  mode: rows => {
    const often = (value: unknown): number => rows.filter(row => identity(row.value) === identity(value)).length
    const most = Math.max(...rows.map(row => often(row.value)))
    const modes = rows.map(row => row.value).filter(value => often(value) === most)
    return modes.sort(compare)[0] ?? null
  },
  distinct: rows => new Set(rows.map(row => identity(row.value))).size,
  collect: rows => rows.map(row => row.value),
  slope: numeric((x, rows) => {
    const seconds = rows.map(row => row.time / 1000)
    if (isConstant(seconds)) return null
    const products = sum(x.map((value, i) => (value - mean(x)) * (seconds[i] - mean(seconds))))
    return products / squares(seconds)
  }),
  rate: (rows, { start, end }) => rows.length / ((end - start) / 1000),
  timeMean: numeric((_x, rows, span) => {
    const { area, covered } = walk(rows, span)
    return area / covered
  }),
  integral: numeric((_x, rows, span) => walk(rows, span).area / 60_000),
  rms: numeric(x => statistics.rootMeanSquare(x)),
  mad: numeric(x => statistics.medianAbsoluteDeviation(x)),
  iqr: numeric(x => quantile(x, 0.75) - quantile(x, 0.25)),
  skewness: numeric(x => (isConstant(x) ? null : statistics.sampleSkewness(x)), 3),
  kurtosis: numeric(x => (isConstant(x) ? null : statistics.sampleKurtosis(x)), 4)
}

/** What the rows of an aggregate may need as `arg`. */
export const args: Readonly<Record<string, unknown>> = { percentile: 90, integral: '1m' }
