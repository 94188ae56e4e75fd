import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Figure } from './report'
import { estimate, median } from './statistics'

const lastCore = String(availableParallelism() - 1)
const canPin = spawnSync('taskset', ['-c', lastCore, 'true']).status === 0

/** Is every measured process kept on one core? */
export const isPinned = canPin

/** What a process took: CPU in microseconds, and memory in megabytes. */
interface Cost {
  cpu: number
  memory: number
}

/** Runs a Node program to its end. Its CPU counts from its start on, or from where it said that it begins (report-cost.ts). */
export function costOf(program: readonly string[]): Cost {
  const node = [process.execPath, '--require', join(__dirname, 'report-cost.js'), ...program]
  const [command, ...args] = canPin ? ['taskset', '-c', lastCore, ...node] : node
  const { status, output } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program.join(' ')} ended with ${status}: ${output[2]}`)
  const [cpu, kilobytes] = (output[3] ?? '').split(' ').map(Number)
  return { cpu, memory: kilobytes / 1024 }
}

/**
 * Measures two programs over `rows` rows alternately, the order changing from pair to pair, so that what slows the
 * machine slows both. The project's goes over them so many `turns`.
 */
export function compare(
  programs: Record<'project' | 'baseline', readonly string[]>,
  rows: number,
  pairs: number,
  turns = 1
): Omit<Figure, 'name' | 'title'> {
  const times = { project: [] as number[], baseline: [] as number[] }
  const rowsIn = { project: turns * rows, baseline: rows }
  let memory = 0
  for (let pair = 0; pair < pairs; pair++) {
    const order = pair % 2 === 0 ? (['project', 'baseline'] as const) : (['baseline', 'project'] as const)
    for (const name of order) {
      const cost = costOf(programs[name])
      times[name].push(cost.cpu / rowsIn[name])
      if (name === 'project') memory = Math.max(memory, cost.memory)
    }
  }
  return {
    rows,
    pairs,
    project: median(times.project),
    baseline: median(times.baseline),
    ratio: estimate(times.project.map((time, i) => time / times.baseline[i])),
    memory
  }
}
