import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Figure } from './report'
import { estimate, median } from './statistics'

const lastCore = String(availableParallelism() - 1)
const canPin = spawnSync('taskset', ['-c', lastCore, 'true']).status === 0

/** Is every measured process kept on one core? */
export const isPinned = canPin

/**
 * Runs a Node program to its end; returns the microseconds of CPU that it took from its start on, or from where it said
 * that it begins (see report-cpu.ts).
 */
export function cpuOf(program: readonly string[]): number {
  const node = [process.execPath, '--require', join(__dirname, 'report-cpu.js'), ...program]
  const [command, ...args] = canPin ? ['taskset', '-c', lastCore, ...node] : node
  const { status, output } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program.join(' ')} ended with ${status}: ${output[2]}`)
  return Number(output[3])
}

/**
 * Measures two programs over `rows` rows alternately, the order changing from pair to pair, so that what slows the
 * machine slows both.
 */
export function compare(
  programs: Record<'project' | 'baseline', readonly string[]>,
  rows: number,
  pairs: number
): Pick<Figure, 'rows' | 'pairs' | 'project' | 'baseline' | 'ratio'> {
  const times = { project: [] as number[], baseline: [] as number[] }
  for (let pair = 0; pair < pairs; pair++) {
    const order = pair % 2 === 0 ? (['project', 'baseline'] as const) : (['baseline', 'project'] as const)
    for (const name of order) times[name].push(cpuOf(programs[name]) / rows)
  }
  return {
    rows,
    pairs,
    project: median(times.project),
    baseline: median(times.baseline),
    ratio: estimate(times.project.map((time, i) => time / times.baseline[i]))
  }
}
