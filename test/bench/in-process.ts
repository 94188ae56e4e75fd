import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Job } from './job'
import { compare } from './measure'
import type { Figure, Section } from './report'

export const inProcess: Section = {
  marks: 'figures in process',
  unit: 'row',
  note: 'There were as many results as the baseline had.',
  chart: 'in-process.svg',
  one: 'hand-written loop = 1'
}

/** Before a program that runs its job three times: only the third turn is measured. */
export const thirdTurn = ['--require', join(__dirname, 'third-turn.js')]

/** What can become of the results. */
export const ways = ['handed', 'kept'] as const
export type Way = (typeof ways)[number]

export const nameOf = (job: string, way: Way): string => `${job} ${way}`

const rowsOf = (program: readonly string[]): string | undefined =>
  /ROWS (\d+)\s*$/.exec(execFileSync(process.execPath, program, { encoding: 'utf8' }))?.[1]

/** Of the project several turns are counted, for what one leaves to the garbage collector is collected in another. */
const counted = 7

/** A job without reading and writing: the flow over messages that are there already, and `loop` over their payloads. */
export function measureInProcess(job: Job, way: Way, loop: readonly string[], pairs: number): Figure {
  const programs = {
    project: [join(__dirname, 'in-process-run.js'), job.flow, job.input, way, String(counted)],
    baseline: [...thirdTurn, ...loop]
  }
  const [got, wanted] = [rowsOf(programs.project), rowsOf(programs.baseline)]
  const name = nameOf(job.name, way)
  if (got === undefined || got !== wanted) throw new Error(`${name}: ${got} results instead of ${wanted}`)
  return { name, title: job.title, ...compare(programs, job.rows, pairs, counted) }
}
