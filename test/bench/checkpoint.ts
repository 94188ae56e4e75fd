// npm run bench:checkpoint: what a snapshot of 10,000 keys costs while records come as fast as they are handled.
// Each figure is of a run with one snapshot against a run of as many records without (store: off), in turn.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { checkpointed, interval, keys } from '../nodes/checkpointed'
import { SaturatedFlow } from '../nodes/saturated-flow'
import { estimate } from './statistics'

const pairs = 15

async function measure(title: string, name: string, config: Record<string, unknown>, fill: number): Promise<void> {
  const flow = new SaturatedFlow(name, config, keys, 1e9)
  flow.fill(fill)
  await flow.start()
  await flow.checkpoint()
  const costs: number[] = []
  const pauses: number[] = []
  const delay = monitorEventLoopDelay({ resolution: 1 })
  for (let i = 0; i < pairs; i++) {
    delay.enable()
    const withSnapshot = await flow.checkpoint()
    delay.disable()
    const without = await flow.run(records => records >= withSnapshot.records)
    costs.push(withSnapshot.cpu - without.cpu)
    pauses.push(withSnapshot.pause)
  }
  await flow.close()
  const { median, low, high } = estimate(costs)
  const columns = [
    title.padEnd(42),
    `${median.toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)}) ms`.padStart(22),
    (1 - median / interval).toFixed(3).padStart(8),
    `${estimate(pauses).median.toFixed(1)} / ${Math.max(...pauses).toFixed(1)} ms`.padStart(17),
    `${(delay.percentile(99) / 1e6).toFixed(1)} ms`.padStart(10)
  ]
  console.log(columns.join(' '))
}

async function main(): Promise<void> {
  console.log(`${keys} keys, ${pairs} pairs, Node ${process.version}`)
  console.log(
    ''.padEnd(42),
    'CPU of a snapshot'.padStart(22),
    'speed'.padStart(8),
    'longest stop*'.padStart(17),
    'delay p99'.padStart(10)
  )
  for (const [title, name, config, fill] of checkpointed) await measure(title, name, config, fill)
  console.log('speed: against store: off, with a snapshot each 30 s. * median / worst of all, time spent by the thread')
}

void main()
