// npm run bench -- [--jobs J1,J2 | all] [--pairs 15] [--rows 1000000]
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Job } from './job'
import { cpuOf, isPinned } from './measure'
import { ownJobs } from './own-jobs'
import { type Figure, table, write } from './report'
import { hasSharedJobs, sharedJobs } from './shared-jobs'
import { estimate, median } from './statistics'

/** Fewer pairs give no 95 % interval: they are shown, not written down. */
const fewestPairs = 6
const work = join(tmpdir(), 'stream-analytics-bench')

function whole(text: string, option: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new Error(`--${option} must be a whole number from 1, got ${text}`)
}

function chosen(jobs: readonly Job[], names: string): Job[] {
  if (names === 'all') return [...jobs]
  return names.split(',').map(name => {
    const job = jobs.find(job => job.name === name)
    if (job === undefined)
      throw new Error(`--jobs must be all or of ${jobs.map(({ name }) => name).join()}, got ${name}`)
    return job
  })
}

/** Runs both alternately, the order changing from pair to pair, after one run of each that is checked, not counted. */
function measure(job: Job, pairs: number): Figure {
  const output = { project: join(work, 'project.ndjson'), baseline: join(work, 'baseline.ndjson') }
  const cli = [
    resolve('dist/cli/index.js'),
    'run',
    job.flow,
    '--in',
    `in=${job.input}`,
    '--out',
    `out=${output.project}`
  ]
  const programs = { project: cli, baseline: job.baseline(output.baseline) }
  const times = { project: [] as number[], baseline: [] as number[] }
  for (const program of Object.values(programs)) cpuOf(program)
  const difference = job.differs(output.project, output.baseline)
  if (difference !== '') throw new Error(`${job.name}: the rows are not the baseline's: ${difference}`)
  for (let pair = 0; pair < pairs; pair++) {
    const order = pair % 2 === 0 ? (['project', 'baseline'] as const) : (['baseline', 'project'] as const)
    for (const name of order) times[name].push(cpuOf(programs[name]) / job.rows)
  }
  for (const file of Object.values(output)) rmSync(file, { force: true })
  return {
    name: job.name,
    title: job.title,
    rows: job.rows,
    pairs,
    project: median(times.project),
    baseline: median(times.baseline),
    ratio: estimate(times.project.map((time, i) => time / times.baseline[i]))
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      jobs: { type: 'string', default: hasSharedJobs ? 'J1,J2,J5,J6' : 'all' },
      pairs: { type: 'string', default: '15' },
      rows: { type: 'string', default: '1000000' }
    }
  })
  const [pairs, rows] = [whole(values.pairs, 'pairs'), whole(values.rows, 'rows')]
  mkdirSync(work, { recursive: true })
  const jobs = chosen(hasSharedJobs ? await sharedJobs(rows, work) : ownJobs(rows, work), values.jobs)
  const figures: Figure[] = []
  for (const job of jobs) {
    const figure = measure(job, pairs)
    figures.push(figure)
    console.error(`${job.name}: ${figure.ratio.median.toFixed(2)} times the baseline's CPU`)
  }
  console.log(table(figures, isPinned))
  if (pairs >= fewestPairs) write(figures, isPinned)
  else console.log(`\nNot written to docs/benchmarks.md: that needs at least ${fewestPairs} pairs.`)
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
