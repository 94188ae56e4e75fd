import { availableParallelism, cpus, freemem, loadavg, totalmem } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolution = 10

/**
 * This computer's own readings, every second: computer/core/<n> (use, %), computer/load (a core), computer/memory ({ free,
 * total }, MB), computer/delay (the longest delay of the event loop, ms).
 */
export function publishComputer({ publish }) {
  const delay = monitorEventLoopDelay({ resolution })
  delay.enable()
  let before = cpus()

  function publishCores() {
    const now = cpus()
    now.forEach(({ times }, i) => {
      const idle = times.idle - before[i].times.idle
      const all = total(times) - total(before[i].times)
      if (all > 0) publish(`computer/core/${i}`, rounded(100 * (1 - idle / all)))
    })
    before = now
  }

  const timer = setInterval(() => {
    publishCores()
    publish('computer/load', rounded(loadavg()[0] / availableParallelism()))
    publish('computer/memory', { free: toMegabytes(freemem()), total: toMegabytes(totalmem()) })
    publish('computer/delay', rounded(Math.max(0, delay.max / 1e6 - resolution)))
    delay.reset()
  }, 1000)
  return () => {
    clearInterval(timer)
    delay.disable()
  }
}

const total = times => Object.values(times).reduce((a, b) => a + b, 0)
const rounded = value => Math.round(100 * value) / 100
const toMegabytes = bytes => Math.round(bytes / 2 ** 20)
