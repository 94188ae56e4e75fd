import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { MethodName } from '#engine/detectors/index'
import { thirdTurn } from './in-process'
import { work } from './job'
import { compare } from './measure'
import type { Figure } from './report'
import { hasSharedJobs, sharedJobs } from './shared-jobs'

/** CPU a point of each method, and how many times that of a z-score by hand; nothing where there is no such loop. */
export async function costOfAPoint(methods: readonly MethodName[], pairs: number): Promise<Figure[]> {
  if (!hasSharedJobs) return []
  mkdirSync(work, { recursive: true })
  const jobs = await sharedJobs(1_000_000, work)
  const { input, rows, loop = [] } = jobs.find(({ name }) => name === 'J7')!
  const baseline = [...thirdTurn, ...loop]
  return methods.map(method => {
    const project = [...thirdTurn, join(__dirname, 'detector-run.js'), method, input]
    return { name: method, title: method, ...compare({ project, baseline }, rows, pairs) }
  })
}
