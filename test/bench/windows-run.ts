// One run of one kind of window in process: its kind, how many keys wait beside those that are measured, how many steps.
import type { EventEmitter } from 'node:events'
import { createOperator } from '#engine/create-operator'
import type { Output } from '#engine/operator'
import { type Kind, windowFields } from './windows-jobs'

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

const [kind, waiting, steps] = process.argv.slice(2)
const operator = createOperator('time-window', windowFields[kind as Kind])

/** A thousand records a second and key, in order, each with a watermark that is one millisecond behind. */
function streams(seconds: number): void {
  bench.emit('bench:begin')
  for (let time = 0; time < 1000 * seconds; time++) {
    for (const key of keys) {
      operator.process({ value: { payload: (time * 7) % 100 }, time, key }, output)
      operator.onWatermark(time - 1, output)
    }
  }
}

/** Watermarks alone, each of which is the end for every key that is measured and for none of those that wait. */
function watermarks(count: number): void {
  const far = (count + 1) * minute
  const process = (key: string, time: number): void => operator.process({ value: { payload: 1 }, time, key }, output)
  for (let i = 0; i < Number(waiting); i++) process(`waits ${i}`, far + i)
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

if (waiting === '') streams(Number(steps))
else watermarks(Number(steps))
