// npm run bench -- [--jobs J1,J2 | all] [--pairs 15] [--rows 1000000]
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Job } from './job'
import { compare, costOf } from './measure'
import { chosen, options } from './options'
import { ownJobs } from './own-jobs'
import { brief, commandLine, type Figure, report } from './report'
import { hasSharedJobs, sharedJobs } from './shared-jobs'

const work = join(tmpdir(), 'stream-analytics-bench')

/** Compares both after one run of each that is checked, not counted. */
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
  for (const program of Object.values(programs)) costOf(program)
  const difference = job.differs(output.project, output.baseline)
  if (difference !== '') throw new Error(`${job.name}: the rows are not the baseline's: ${difference}`)
  const figure = compare(programs, job.rows, pairs)
  for (const file of Object.values(output)) rmSync(file, { force: true })
  return { name: job.name, title: job.title, ...figure }
}

async function main(): Promise<void> {
  const usual = { jobs: hasSharedJobs ? 'J1,J2,J2k,J3,J4,J4-100k,J5,J6,J7' : 'all', size: 1_000_000 }
  const { jobs: names, pairs, size: rows } = options('rows', usual)
  mkdirSync(work, { recursive: true })
  const jobs = chosen(hasSharedJobs ? await sharedJobs(rows, work) : ownJobs(rows, work), names)
  const figures: Figure[] = []
  for (const job of jobs) {
    const figure = measure(job, pairs)
    figures.push(figure)
    console.error(brief(figure))
  }
  report(figures, commandLine)
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
