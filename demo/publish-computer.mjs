import { availableParallelism, cpus, freemem, loadavg } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** This computer's own readings, every second: computer/core/<n>, computer/load, computer/memory, computer/delay. */
export function publishComputer({ publish }) {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  let before = cpus()
  const timer = setInterval(() => {
    const now = cpus()
    now.forEach(({ times }, i) => {
      const spent = times => Object.values(times).reduce((a, b) => a + b, 0)
      const all = spent(times) - spent(before[i].times)
      if (all > 0)
        publish(`computer/core/${i}`, Math.round(1000 * (1 - (times.idle - before[i].times.idle) / all)) / 10)
    })
    before = now
    publish('computer/load', loadavg()[0] / availableParallelism())
    publish('computer/memory', Math.round(freemem() / 2 ** 20))
    publish('computer/delay', Math.round(delay.mean / 1e4) / 100)
    delay.reset()
  }, 1000)
  return () => {
    clearInterval(timer)
    delay.disable()
  }
}
