import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The directory of data and results. */
export const work = join(tmpdir(), 'stream-analytics-bench')

/** One thing to measure: the command line and a baseline over the same rows. */
export interface Job {
  name: string
  title: string
  /** The file of input rows, one line of JSON each. */
  input: string
  rows: number
  /** The file of the flow; its nodes are called `in` and `out`. */
  flow: string
  /** The Node program that writes the same result rows to `output` without the project. */
  baseline(output: string): string[]
  /** The Node program that does the same over rows that are there already, three times; absent: there is none. */
  loop?: string[]
  /** What differs between the rows of two outputs; empty: nothing. */
  differs(project: string, baseline: string): string
}
