import { basename } from 'node:path'
import { RecordError, show } from '../../errors'
import { hasFields } from '../../row'
import { toTimestamp } from '../../time/timestamp'
import { FileError } from '../files/file-error'
import { readText } from '../files/text'

/** File -> its labels. */
export type Windows = Record<string, unknown>

/** Reads a JSON file of labels. @throws FileError */
export function readWindows(file: string): Windows {
  let windows: unknown
  try {
    windows = JSON.parse(readText(file))
  } catch (error) {
    throw error instanceof SyntaxError ? new FileError(`${file}: ${error.message}`) : error
  }
  if (!hasFields(windows)) throw new FileError(`${file}: must be {"<csv>": [[from, to], ...]}, got ${show(windows)}`)
  return windows
}

/** Says the label of a row that it is anomalous? @throws RecordError */
export function isMarked(text: string, column: string): boolean {
  const label = text.trim().toLowerCase()
  if (label === 'true') return true
  if (label === 'false') return false
  const number = Number(label)
  if (Number.isNaN(number)) throw new RecordError(column, 'must be 0 or 1, true or false', text)
  return number !== 0
}

/** The labels of a file: their name is the end of its path, as far as it goes. */
export function labelOf(file: string, windows: Windows): unknown {
  const path = `/${file.replaceAll('\\', '/')}`
  const name = Object.keys(windows).find(name => path.endsWith(`/${name}`)) ?? basename(file)
  return Object.hasOwn(windows, name) ? windows[name] : undefined
}

/** Runs of marked rows. */
export function runsOf(marks: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = []
  marks.forEach((isMarked, i) => {
    if (!isMarked) return
    const last = runs.at(-1)
    if (last !== undefined && last[1] === i - 1) last[1] = i
    else runs.push([i, i])
  })
  return runs
}

/** Windows of time as windows of rows; those without a row are left out. @throws RecordError */
export function windowsOf(labels: unknown, times: readonly number[], name: string): [number, number][] {
  if (labels === undefined) return []
  if (!Array.isArray(labels)) throw new RecordError(`labels of ${name}`, 'must be a list', labels)
  return labels
    .map((label: unknown): [number, number] => {
      const [from, to] = spanOf(label, `label of ${name}`)
      return [times.findIndex(time => time >= from), times.findLastIndex(time => time <= to)]
    })
    .filter(([first, last]) => first >= 0 && last >= first)
    .sort((a, b) => a[0] - b[0])
}

/** First and last time of a label, which is a time or two. @throws RecordError */
function spanOf(label: unknown, name: string): [number, number] {
  const ends: unknown[] = Array.isArray(label) ? label : [label, label]
  const [from, to] = ends.map(time => toTimestamp(time, name))
  if (ends.length !== 2 || from > to) throw new RecordError(name, 'must be a time or [from, to]', label)
  return [from, to]
}
