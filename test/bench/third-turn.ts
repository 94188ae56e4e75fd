// Preloaded into a program that runs its job three times, and looks at the clock when each turn begins and when the third
// has ended: only that one counts, for by then V8 has compiled what it will. Any other number of looks is an error, or the
// cost of the whole process would be taken for that of the job.
import type { EventEmitter } from 'node:events'

const bench = process as EventEmitter
const { bigint } = process.hrtime
let looks = 0

process.hrtime.bigint = () => {
  looks++
  if (looks === 3) bench.emit('bench:begin')
  if (looks === 4) bench.emit('bench:pause')
  return bigint()
}

process.on('exit', () => {
  if (looks !== 4) throw new Error(`the clock was looked at ${looks} times, not four`)
})
