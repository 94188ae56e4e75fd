// npm run bench:join: what a record of an interval join costs in process, and what memory it takes.
// Cost: the two streams are one key, in order or in any order; each record finds one match.
// Memory: 10,000 keys, +-10 s, disorder of 2 s.
import { createOperator } from '#engine/create-operator'
import type { Operator, Output } from '#engine/operator'
import { random } from '../detectors/streams'
import { estimate, median } from './statistics'

const pairs = 15
const joinTypes = ['inner', 'full']

interface Counted {
  output: Output
  results: number
}
function counted(): Counted {
  const counter: Counted = {
    results: 0,
    output: {
      emit: () => void counter.results++,
      divert: message => {
        throw new Error(`diverted: ${JSON.stringify(message)}`)
      }
    }
  }
  return counter
}

/** The times of `count` left records, 2 ms apart, shuffled within runs of `run`. */
function timesOf(count: number, run: number): number[] {
  const times = Array.from({ length: count }, (_, i) => 2 * i)
  const next = random(1)
  for (let start = 0; start + run <= count; start += run) {
    for (let i = run - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1))
      ;[times[start + i], times[start + j]] = [times[start + j], times[start + i]]
    }
  }
  return times
}

/** ns of CPU a record while `held` left rows wait for their right ones. */
function costOf(operator: Operator, held: number, times: readonly number[]): number {
  const counter = counted()
  const { output } = counter
  const before = process.cpuUsage()
  for (let i = 0; i < times.length + held; i++) {
    if (i < times.length) operator.process({ value: { topic: 'l', payload: i }, time: times[i], key: null }, output)
    if (i < held) continue
    const time = 2 * (i - held) + 1
    operator.process({ value: { topic: 'r', payload: i }, time, key: null }, output)
    operator.onWatermark(time, output)
  }
  const { user, system } = process.cpuUsage(before)
  if (counter.results < times.length) throw new Error(`${counter.results} results of ${times.length}`)
  return (1000 * (user + system)) / (2 * times.length)
}

function growth(): void {
  console.log(`ns a record, by rows held of one key; medians of ${pairs} pairs`)
  console.log('                               10      10,000   ratio, interval')
  for (const joinType of joinTypes) {
    for (const isShuffled of [false, true]) {
      const runs = [10, 10_000].map(held => ({ held, times: timesOf(100_000, isShuffled ? held : 1) }))
      const config = { mode: 'interval', joinType, left: 'l', right: 'r', lower: 0, upper: '1ms' }
      const costs = Array.from({ length: pairs }, () =>
        runs.map(({ held, times }) => costOf(createOperator('join', config), held, times))
      )
      const ratio = estimate(costs.map(([few, many]) => many / few))
      const [few, many] = [0, 1].map(i => median(costs.map(cost => cost[i])).toFixed(0))
      const title = `${joinType}, ${isShuffled ? 'in any order' : 'in order'}`
      const interval = `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)} (${(100 * ratio.confidence).toFixed(1)} %)`
      console.log(
        `${title.padEnd(28)}${few.padStart(5)}${many.padStart(12)}   x ${ratio.median.toFixed(2)}, ${interval}`
      )
    }
  }
}

/** Rows held and heap, typed arrays included, after collection at the given numbers of records. */
function memory(joinType: string, marks: readonly number[]): void {
  const keys = { leftKey: 'payload.id', rightKey: 'payload.id' }
  const config = { mode: 'interval', joinType, left: 'l', right: 'r', lower: '-10s', upper: '10s', ...keys }
  const operator = createOperator('join', config)
  const { output } = counted()
  const heaps: number[] = []
  for (let i = 1; i <= marks[marks.length - 1]; i++) {
    const value = { topic: i % 2 ? 'l' : 'r', payload: { id: `k${(i * 31) % 9973}`, v: i } }
    operator.process({ value, time: i - ((i * 7919) % 2000), key: null }, output)
    operator.onWatermark(i - 2000, output)
    if (!marks.includes(i)) continue
    global.gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    const heap = heapUsed + arrayBuffers
    heaps.push(heap)
    const held = `${operator.holdings().open} rows held, heap ${(heap / 1e6).toFixed(1)} MB`
    console.log(`${joinType}, ${i} records: ${held}, x ${(heap / heaps[0]).toFixed(2)}`)
  }
}

growth()
if (global.gc === undefined) console.log('memory: needs node --expose-gc')
else for (const joinType of joinTypes) memory(joinType, [1_000_000, 10_000_000])
