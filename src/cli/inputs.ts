import type { Assignment } from './assignments'
import { type ByteSource, openSource } from './files/byte-source'
import { isCsv } from './files/format'
import { NdjsonReader } from './json/ndjson-reader'
import type { ReadOptions, RecordReader } from './record-reader'

/** Opens a file to be read, by the end of its name. @throws FileError */
export function openReader(file: string, source: ByteSource, options: ReadOptions): RecordReader {
  if (!isCsv(file)) return new NdjsonReader(file === '-' ? 'stdin' : file, source, options)
  const { CsvReader } = require('./csv/reader') as typeof import('./csv/reader')
  return new CsvReader(file, source, options)
}

/** Opens all files. @throws FileError for the first that cannot be read */
export const openSources = (inputs: readonly Assignment[]): ByteSource[] => inputs.map(({ file }) => openSource(file))
