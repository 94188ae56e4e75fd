import { parseArgs } from 'node:util'

/** A whole number from 1 out of an option. */
export function whole(text: string, option: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new Error(`--${option} must be a whole number from 1, got ${text}`)
}

/** The jobs of these names, in their order; `all` of them. */
export function chosen<T extends { name: string }>(jobs: readonly T[], names: string): T[] {
  if (names === 'all') return [...jobs]
  return names.split(',').map(name => {
    const job = jobs.find(job => job.name === name)
    if (job === undefined)
      throw new Error(`--jobs must be all or of ${jobs.map(({ name }) => name).join()}, got ${name}`)
    return job
  })
}

/** The options that all benchmarks have: which jobs, how many pairs, and how much in each (`size`, e.g. rows). */
export function options(
  size: string,
  usual: { jobs: string; size: number }
): { jobs: string; pairs: number; size: number } {
  const { values } = parseArgs({
    options: {
      jobs: { type: 'string', default: usual.jobs },
      pairs: { type: 'string', default: '15' },
      [size]: { type: 'string', default: String(usual.size) }
    }
  })
  const { jobs, pairs } = values as { jobs: string; pairs: string }
  return { jobs, pairs: whole(pairs, 'pairs'), size: whole(String(values[size]), size) }
}
