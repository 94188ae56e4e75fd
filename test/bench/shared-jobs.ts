import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Job } from './job'

/** A collection of jobs, data and hand-written loops that may lie beside the repository. */
const folder = resolve('../shared/speed')

interface Digests {
  digest(job: string, file: string): unknown
  differs(one: unknown, other: unknown): string
}

export const hasSharedJobs = existsSync(folder)

const load = async (file: string): Promise<unknown> => import(pathToFileURL(join(folder, file)).href)

/** All its jobs, over `rows` rows that are made in `work`. */
export async function sharedJobs(rows: number, work: string): Promise<Job[]> {
  const { jobs } = (await load('jobs.mjs')) as { jobs: Record<string, { file: string; title: string }> }
  const { digest, differs } = (await load('digest.mjs')) as Digests
  const data = join(work, `data-${rows}`)
  if (!existsSync(data)) execFileSync(process.execPath, [join(folder, 'gen.mjs'), data, String(rows)])
  return Object.entries(jobs).map(([name, { file, title }]) => {
    const input = join(data, `${file}.ndjson`)
    return {
      name,
      title,
      input,
      rows,
      flow: join(folder, 'flows', `${name}.json`),
      loop: [join(folder, 'limit.mjs'), 'compute', name, input],
      baseline: output => [join(folder, 'limit.mjs'), name, input, output],
      differs: (project, baseline) => differs(digest(name, project), digest(name, baseline))
    }
  })
}
