// Preloaded into a measured process: tells on channel 3 its CPU time (user and system, all threads, in microseconds), from
// its start to its end or between `bench:begin` and `bench:pause`, as often as the process says so; and the most memory
// that it took at any time (resident set, in kilobytes).
import { writeSync } from 'node:fs'

let since: NodeJS.CpuUsage | undefined = { user: 0, system: 0 }
let total = 0

function pause(): void {
  if (since === undefined) return
  const { user, system } = process.cpuUsage(since)
  total += user + system
  since = undefined
}
process.once('bench:begin', () => (total = 0))
process.on('bench:begin', () => (since = process.cpuUsage()))
process.on('bench:pause', pause)
process.on('exit', () => {
  pause()
  writeSync(3, `${total} ${process.resourceUsage().maxRSS}`)
})
