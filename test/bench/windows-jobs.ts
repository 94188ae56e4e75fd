import { join } from 'node:path'
import type { Section } from './report'

export const windows: Section = {
  marks: 'figures of windows',
  unit: 'record',
  note: 'Operators in process, by `createOperator`; the count windows are measured after 300,000 records.',
  chart: 'windows.svg',
  one: 'the baseline = 1'
}

const aggregates = ['count', 'mean', 'min', 'max', 'stddev'].map(fn => ({ fn }))

/** The windows that are measured. */
export const windowFields = {
  tumbling: { windowType: 'tumbling', size: '60s', aggregates },
  hopping: { windowType: 'hopping', size: '60s', slide: '1s', aggregates },
  session: { windowType: 'session', gap: '30s', aggregates },
  sliding: { windowType: 'sliding', size: '60s', aggregates }
}
export type Kind = keyof typeof windowFields

/** Two runs of windows-run.ts, and for how many records. */
export interface WindowsJob {
  name: string
  title: string
  project: string[]
  baseline: string[]
  rows: number
}

/** The aggregates of the last records of a stream that are measured. */
export const countFields = {
  numbers: ['sum', 'mean', 'min', 'max', 'stddev'],
  median: ['median']
}
export type Counted = keyof typeof countFields

/** What a run does: records of streams, watermarks beside keys that wait, or records of a count window. */
export type Run =
  | ['streams', kind: Kind, seconds: number]
  | ['watermarks', kind: Kind, waiting: number, steps: number]
  | ['counts', counted: Counted, size: number, records: number]

const run = (...args: Run): string[] => [join(__dirname, 'windows-run.js'), ...args.map(String)]

/** `size`: thousands of records in a run. */
export function windowsJobs(size: number): WindowsJob[] {
  const due = (kind: Kind): WindowsJob => ({
    name: `due ${kind}`,
    title: `watermarks with 10 keys due among 100,000; baseline: with those 10 keys alone`,
    project: run('watermarks', kind, 99_990, 100 * size),
    baseline: run('watermarks', kind, 0, 100 * size),
    rows: 1000 * size
  })
  const count = (counted: Counted): WindowsJob => ({
    name: `count ${counted}`,
    title: `each record: ${countFields[counted].join(' ')} of the last 100,000; baseline: of the last 100`,
    project: run('counts', counted, 100_000, 1000 * size),
    baseline: run('counts', counted, 100, 1000 * size),
    rows: 1000 * size
  })
  return [
    {
      name: 'hopping',
      title: 'hopping 60 s / 1 s, 1,000 records a key and slide; baseline: tumbling 60 s',
      project: run('streams', 'hopping', size / 10),
      baseline: run('streams', 'tumbling', size / 10),
      rows: 1000 * size
    },
    due('tumbling'),
    due('session'),
    due('sliding'),
    count('numbers'),
    count('median')
  ]
}
