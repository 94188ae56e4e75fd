// One run of one kind of window in process: see `Run`.
import type { EventEmitter } from 'node:events'
import { createOperator } from '#engine/create-operator'
import type { Operator, Output } from '#engine/operator'
import { type Counted, countFields, type Kind, type Run, windowFields } from './windows-jobs'

const bench = process as EventEmitter
const minute = 60_000
const keys = Array.from({ length: 10 }, (_, i) => `key ${i}`)

let rows = 0
const output: Output = {
  emit: () => void rows++,
  divert: ({ payload }) => {
    throw new Error(`late: ${JSON.stringify(payload)}`)
  }
}

const timeWindow = (kind: Kind): Operator => createOperator('time-window', windowFields[kind])

/** A thousand records a second and key, in order, each with a watermark that is one millisecond behind. */
function streams(kind: Kind, seconds: number): void {
  const operator = timeWindow(kind)
  bench.emit('bench:begin')
  for (let time = 0; time < 1000 * seconds; time++) {
    for (const key of keys) {
      operator.process({ value: { payload: (time * 7) % 100 }, time, key }, output)
      operator.onWatermark(time - 1, output)
    }
  }
}

/** Watermarks alone, each of which is the end for every key that is measured and for none of those that wait. */
function watermarks(kind: Kind, waiting: number, count: number): void {
  const operator = timeWindow(kind)
  const far = (count + 1) * minute
  const process = (key: string, time: number): void => operator.process({ value: { payload: 1 }, time, key }, output)
  for (let i = 0; i < waiting; i++) process(`waits ${i}`, far + i)
  const together = 20
  for (let step = 0; step < count; step += together) {
    bench.emit('bench:pause')
    for (let i = step; i < step + together; i++) for (const key of keys) process(key, i * minute)
    bench.emit('bench:begin')
    for (let i = step; i < step + together; i++) operator.onWatermark((i + 1) * minute - 1, output)
  }
  bench.emit('bench:pause')
  if (rows !== count * keys.length) throw new Error(`${rows} rows of ${count * keys.length}`)
}

/** Records of one key, each of which moves a full window by one. */
function counts(counted: Counted, size: number, records: number): void {
  const aggregates = countFields[counted].map(fn => ({ fn }))
  const operator = createOperator('count-window', { size, slide: 1, aggregates })
  // the long window has turned over twice by then: V8 has seen all there is to do
  const fill = 300_000
  // any order of a million values that all differ
  const process = (i: number): void =>
    operator.process({ value: { payload: (i * 314_159) % 1_000_003 }, time: i, key: 'key' }, output)
  for (let i = 0; i < fill; i++) process(i)
  rows = 0
  bench.emit('bench:begin')
  for (let i = fill; i < fill + records; i++) process(i)
  bench.emit('bench:pause')
  if (rows !== records) throw new Error(`${rows} rows of ${records}`)
}

const [mode, kind, ...numbers] = process.argv.slice(2)
const [first, second] = numbers.map(Number)
const runs: Record<Run[0], () => void> = {
  streams: () => streams(kind as Kind, first),
  watermarks: () => watermarks(kind as Kind, first, second),
  counts: () => counts(kind as Counted, first, second)
}
runs[mode as Run[0]]()
