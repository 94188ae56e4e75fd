import { parse } from 'csv-parse/sync'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { ConfigError, RecordError } from '../../errors'
import { toNumber } from '../../number'
import { toTimestamp } from '../../time/timestamp'
import { FileError, fileError } from '../files/file-error'
import type { Labelled } from './nab'

/** Where the columns and the labels are. */
export interface LabelOptions {
  /** A JSON file {"<file>": [[from, to] | time, ...]}, or the name of a column that is not 0 where a row is anomalous. */
  labels: string
  /** Column of the time; absent: `timestamp`, `time`, else the first one. */
  time?: string
  /** Column of the value; absent: `value`, else the second one. */
  value?: string
}

type Windows = Record<string, unknown>

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw fileError(file, error)
  }
}

/** The csv files below a folder, sorted; a file is itself. */
function filesOf(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.csv'))
    if (names.length === 0) throw new FileError(`${path}: no csv files`)
    return names.sort().map(name => join(path, name))
  } catch (error) {
    throw error instanceof FileError ? error : fileError(path, error)
  }
}

/** Reads the series of a csv file, or of all below a folder. @throws FileError, ConfigError */
export function readLabelled(path: string, options: LabelOptions): Labelled[] {
  const isFile = options.labels.endsWith('.json')
  let windows: Windows | undefined
  if (isFile) {
    try {
      windows = JSON.parse(readText(options.labels)) as Windows
    } catch (error) {
      throw error instanceof SyntaxError ? new FileError(`${options.labels}: ${error.message}`) : error
    }
  }
  return filesOf(path).map(file => {
    const name = (relative(path, file) || basename(file)).replaceAll('\\', '/')
    return readSeries(file, name, options, windows)
  })
}

function readSeries(file: string, name: string, options: LabelOptions, windows: Windows | undefined): Labelled {
  const rows = parseRows(file)
  const header = rows[0] ?? []
  const column = (field: string, wanted: string | undefined, usual: readonly string[], place: number): number => {
    const names = wanted === undefined ? usual : [wanted]
    const found = names.map(name => header.indexOf(name)).find(at => at >= 0)
    if (found === undefined && wanted !== undefined)
      throw new ConfigError(field, `must be a column of ${file} (${header.join(', ')})`, wanted)
    return found ?? place
  }
  const timeAt = column('--time', options.time, ['timestamp', 'time'], 0)
  const valueAt = column('--value', options.value, ['value'], 1)
  const times: number[] = []
  const values: number[] = []
  const marks: boolean[] = []
  const labelAt = windows === undefined ? column('--labels', options.labels, [], -1) : -1
  rows.slice(1).forEach((row, i) => {
    try {
      const value = toNumber(row[valueAt] === '' ? null : row[valueAt], header[valueAt])
      if (value === null) return
      times.push(toTimestamp(row[timeAt], header[timeAt]))
      values.push(value)
      marks.push(labelAt >= 0 && Number(row[labelAt]) !== 0)
    } catch (error) {
      if (error instanceof RecordError) throw new FileError(`${file}:${i + 2}: ${error.message}`)
      throw error
    }
  })
  const found = windows === undefined ? runsOf(marks) : windowsOf(labelOf(file, windows), times, name)
  return { name, times: Float64Array.from(times), values: Float64Array.from(values), windows: found }
}

function parseRows(file: string): string[][] {
  try {
    return parse(readText(file), { bom: true, skip_empty_lines: true })
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(`${file}: ${(error as Error).message}`)
  }
}

/** The labels of a file: their name is the end of its path, as far as it goes. */
function labelOf(file: string, windows: Windows): unknown {
  const path = `/${file.replaceAll('\\', '/')}`
  const name = Object.keys(windows).find(name => path.endsWith(`/${name}`)) ?? basename(file)
  return Object.hasOwn(windows, name) ? windows[name] : undefined
}

/** Runs of marked rows. */
function runsOf(marks: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = []
  marks.forEach((isMarked, i) => {
    if (!isMarked) return
    const last = runs.at(-1)
    if (last !== undefined && last[1] === i - 1) last[1] = i
    else runs.push([i, i])
  })
  return runs
}

/** Windows of time as windows of rows; those without a row are left out. */
function windowsOf(labels: unknown, times: readonly number[], name: string): [number, number][] {
  if (labels === undefined) return []
  if (!Array.isArray(labels)) throw new ConfigError('--labels', `must be a list for ${name}`, labels)
  return labels
    .map((label: unknown): [number, number] => {
      const [from, to] = (Array.isArray(label) ? label : [label, label]).map(time =>
        toTimestamp(time, `label of ${name}`)
      )
      return [times.findIndex(time => time >= from), times.findLastIndex(time => time <= to)]
    })
    .filter(([first, last]) => first >= 0 && last >= first)
    .sort((a, b) => a[0] - b[0])
}
