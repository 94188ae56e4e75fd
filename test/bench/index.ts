// npm run bench -- [--jobs J1,'J4 handed' | all] [--pairs 15] [--rows 1000000]
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { inProcess, measureInProcess, nameOf, ways } from './in-process'
import { type Job, work } from './job'
import { compare, costOf } from './measure'
import { chosen, options } from './options'
import { ownJobs } from './own-jobs'
import { brief, commandLine, type Figure, report, type Section } from './report'
import { hasSharedJobs, sharedJobs } from './shared-jobs'

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

/** One row of the report. */
interface Line {
  name: string
  section: Section
  measure(pairs: number): Figure
}

const linesOf = (job: Job): Line[] => [
  { name: job.name, section: commandLine, measure: pairs => measure(job, pairs) },
  ...ways.flatMap((way): Line[] => {
    const { loop } = job
    if (loop === undefined) return []
    const name = nameOf(job.name, way)
    return [{ name, section: inProcess, measure: pairs => measureInProcess(job, way, loop, pairs) }]
  })
]

const usualInProcess = ['J2', 'J3', 'J4'].flatMap(job => ways.map(way => nameOf(job, way))).join()

async function main(): Promise<void> {
  const usual = {
    jobs: hasSharedJobs ? `J1,J2,J2k,J3,J4,J4-100k,J5,J6,J7,${usualInProcess}` : 'all',
    size: 1_000_000
  }
  const { jobs: names, pairs, size: rows } = options('rows', usual)
  mkdirSync(work, { recursive: true })
  const jobs = hasSharedJobs ? await sharedJobs(rows, work) : ownJobs(rows, work)
  const measured = chosen(jobs.flatMap(linesOf), names).map(({ section, measure }) => {
    const figure = measure(pairs)
    console.error(brief(figure))
    return { section, figure }
  })
  for (const section of [commandLine, inProcess]) {
    const figures = measured.filter(line => line.section === section).map(({ figure }) => figure)
    if (figures.length > 0) report(figures, section)
  }
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
