import { parse } from 'csv-parse/sync'
import { readdirSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { ConfigError, RecordError } from '../../errors'
import { toNumber } from '../../number'
import { toTimestamp } from '../../time/timestamp'
import { FileError, fileError } from '../files/file-error'
import { readText } from '../files/text'
import { isMarked, labelOf, readWindows, runsOf, type Windows, windowsOf } from './labels'
import type { Labelled } from './nab'

/** Where the columns and the labels are. */
export interface LabelOptions {
  /** A JSON file {"<file>": [[from, to] | time, ...]}, or the name of a column that is 1 or true where a row is anomalous. */
  labels: string
  /** Column of the time; absent: `timestamp`, `time`, else the first one. */
  time?: string
  /** Column of the value; absent: `value`, else the second one. */
  value?: string
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
  const windows = options.labels.endsWith('.json') ? readWindows(options.labels) : undefined
  return filesOf(path).map(file => {
    const name = (relative(path, file) || basename(file)).replaceAll('\\', '/')
    return readSeries(file, name, options, windows)
  })
}

/** Says of a value that is wrong where it stands. @throws FileError */
function at<T>(place: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RecordError) throw new FileError(`${place}: ${error.message}`)
    throw error
  }
}

function readSeries(file: string, name: string, options: LabelOptions, windows: Windows | undefined): Labelled {
  const rows = parseRows(file)
  const header = rows[0]?.record ?? []
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
  for (const { record, info } of rows.slice(1)) {
    at(`${file}:${info.lines}`, () => {
      const value = toNumber(record[valueAt] === '' ? null : record[valueAt], header[valueAt])
      if (value === null) return
      times.push(toTimestamp(record[timeAt], header[timeAt]))
      values.push(value)
      marks.push(labelAt >= 0 && isMarked(record[labelAt], header[labelAt]))
    })
  }
  const found =
    windows === undefined ? runsOf(marks) : at(options.labels, () => windowsOf(labelOf(file, windows), times, name))
  return { name, times: Float64Array.from(times), values: Float64Array.from(values), windows: found }
}

interface Row {
  record: string[]
  /** Of the file, up to the end of the row. */
  info: { lines: number }
}

function parseRows(file: string): Row[] {
  try {
    return parse(readText(file), { info: true, skip_empty_lines: true }) as unknown as Row[]
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(`${file}: ${(error as Error).message}`)
  }
}
