import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

const lastCore = String(availableParallelism() - 1)
const canPin = spawnSync('taskset', ['-c', lastCore, 'true']).status === 0

/** Is every measured process kept on one core? */
export const isPinned = canPin

/** Runs a Node program to its end; returns the microseconds of CPU that it took, its start included. */
export function cpuOf(program: readonly string[]): number {
  const node = [process.execPath, '--require', join(__dirname, 'report-cpu.js'), ...program]
  const [command, ...args] = canPin ? ['taskset', '-c', lastCore, ...node] : node
  const { status, output } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program.join(' ')} ended with ${status}: ${output[2]}`)
  return Number(output[3])
}
