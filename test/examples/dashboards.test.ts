import assert from 'node:assert/strict'
import { runFlow } from '#engine/index'
import { type ExampleNode, readExample } from './example-files'

type Point = { x: number; series: string; y: number | null }

/** An example whose nodes named here end it: what comes behind them only Node-RED can run. */
const endingAt = (file: string, ends: Record<string, string>): ExampleNode[] =>
  readExample(file).map(node => (node.id in ends ? { ...node, type: 'debug', name: ends[node.id], wires: [] } : node))

const start = Date.UTC(2026, 0, 5)
const reading = (topic: string, second: number, value: number): { topic: string; payload: object } => ({
  topic,
  payload: { ts: start + second * 1000, value }
})

describe('examples/08-plant.json', () => {
  const flow = endingAt('08-plant.json', {
    'plant-machine': 'points',
    'plant-alarms': 'all alarms',
    'plant-refused': 'all refused'
  })
  const wave = (second: number): number => 60 + (second % 7) / 10

  /** The pump at second `second`; undefined: no reading. */
  function pump(second: number): number | undefined {
    if (second === 50) return 99 // a spike
    if (second >= 60 && second < 80) return 60.3 // stuck
    if (second >= 90 && second < 105) return second === 90 ? -999 : undefined // an error code, then silence
    return wave(second)
  }

  const messages: Record<string, unknown>[] = []
  for (let second = 0; second < 130; second++) {
    const value = pump(second)
    if (value !== undefined) messages.push(reading('plant/pump', second, value))
    messages.push(reading('plant/fan', second, wave(second)))
    if (second === 20) messages.push(reading('plant/fan', 10, 61)) // 10 s late
  }

  let points: { topic: string; payload: Point[] }[]
  let alarms: { machine: string; what: string }[]
  let refused: { machine: string; why: string }[]
  before(async () => {
    const results = await runFlow(flow, { inputs: { 'plant/+': messages } })
    points = results.points as typeof points
    alarms = results['all alarms'].map(({ payload }) => payload as (typeof alarms)[number])
    refused = results['all refused'].map(({ payload }) => payload as (typeof refused)[number])
  })

  it('shows a red dot where the pump leaves its limits, and nowhere else', () => {
    const dots = points.flatMap(({ payload }) => payload).filter(({ series }) => series === 'anomaly')
    assert.deepEqual(
      dots.map(({ x, y }) => [Math.floor((x - start) / 1000), y]),
      [[50, 99]]
    )
  })
  it('draws each line from left to right', () => {
    for (const line of ['reading', '10 s mean']) {
      const xs = points
        .filter(({ topic }) => topic === 'plant/fan')
        .flatMap(({ payload }) => payload)
        .filter(({ series, y }) => series === line && y !== null)
        .map(({ x }) => x)
      assert.ok(xs.length > 20, line)
      assert.deepEqual(
        xs,
        xs.toSorted((a, b) => a - b),
        line
      )
    }
  })
  it('tells begin and end of the spike and of what is stuck, and of what is silent', () => {
    assert.deepEqual(
      alarms.filter(({ machine }) => machine === 'pump').map(({ what }) => what),
      ['above range', 'usual again', 'stuck for 10 s', 'moves again', 'silent for 5 s', 'silent for 5 s'] // the last: the stream ends
    )
  })
  it('lists the late record and the error code', () => {
    assert.deepEqual(
      refused.map(({ machine, why }) => [machine, why]),
      [
        ['fan', 'more than 3 s late'],
        ['pump', 'not plausible']
      ]
    )
  })
})

describe('examples/09-weather.json', () => {
  const day = (i: number): string => new Date(Date.UTC(2012, 0, 2 + i)).toISOString().slice(0, 10) // from a Monday
  const record = (topic: string, i: number, max: number): Record<string, unknown> => ({
    topic,
    payload: { date: day(i), max, min: max - 10, rain: 1, wind: 2 }
  })
  const fifteenDays = (): Record<string, unknown>[] =>
    Array.from({ length: 15 }, (_, i) => [
      record('weather/seattle', i, 10 + i),
      record('weather/new-york', i, 13 + i)
    ]).flat()

  it('draws a mean, a low and a range of each city for each week from Monday', async () => {
    const { temperature } = await runFlow(readExample('09-weather.json'), { inputs: { 'weather/+': fifteenDays() } })
    assert.deepEqual(temperature[0].payload, [
      { x: Date.UTC(2012, 0, 2), series: 'Seattle', y: 8 },
      { x: Date.UTC(2012, 0, 2), series: 'Seattle low', y: 0 },
      { x: Date.UTC(2012, 0, 2), series: 'Seattle range', y: 16 }
    ])
    assert.equal(temperature.length, 6)
  })
  it('draws the difference of the two cities for each day', async () => {
    const { difference } = await runFlow(readExample('09-weather.json'), { inputs: { 'weather/+': fifteenDays() } })
    assert.deepEqual(
      difference.map(({ payload }) => (payload as Point[])[0]),
      Array.from({ length: 15 }, (_, i) => ({ x: Date.UTC(2012, 0, 2 + i), series: 'difference', y: -3 }))
    )
  })
})

describe('examples/10-computer.json', () => {
  it('watches the delay and marks what is unusual', async () => {
    const delays = Array.from({ length: 41 }, (_, i) => ({ topic: 'computer/delay', payload: i < 40 ? i % 5 : 500 }))
    const { delay } = await runFlow(readExample('10-computer.json'), { inputs: { 'computer/delay': delays } })
    const dots = delay.flatMap(({ payload }) => payload as Point[]).filter(({ series }) => series === 'anomaly')
    assert.deepEqual(
      dots.map(({ y }) => y),
      [500]
    )
  })
})
