import { parse, type Parser } from 'csv-parse'
import { show } from '../../errors'
import type { Message } from '../../record'
import type { ByteSource } from '../files/byte-source'
import { FileError } from '../files/file-error'
import type { ReadOptions, RecordReader } from '../record-reader'
import { cellValue } from './cell'

const chunkSize = 1 << 18
const longestRecord = 1 << 28

const notUtf8 = 'not UTF-8'
/** The parser puts this character for bytes that are no UTF-8. */
const isTorn = (cell: string): boolean => cell.includes('\ufffd')

interface Row {
  line: number
  cells?: string[]
  problem?: string
}

/** Reads a CSV file: the first row names the fields of the payloads. */
export class CsvReader implements RecordReader {
  line = 0
  private readonly chunk = Buffer.alloc(chunkSize)
  private readonly parser: Parser
  private names: string[] | undefined
  private rows: Row[] = []
  private next = 0
  private isOver = false
  private hasProblem = false

  constructor(
    readonly file: string,
    private readonly source: ByteSource,
    private readonly options: ReadOptions
  ) {
    this.parser = parse({
      bom: true,
      info: true,
      skip_empty_lines: true,
      max_record_size: longestRecord,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_records_with_error: true,
      on_skip: error => {
        this.hasProblem = true
        this.rows.push({ line: Number(error?.lines), problem: error?.message })
      }
    })
  }

  get mayWait(): boolean {
    return !this.source.isFile
  }

  read(): Message | undefined {
    while (this.next < this.rows.length) {
      const { line, cells, problem } = this.rows[this.next++]
      this.line = line
      if (this.names === undefined) this.names = this.header(cells ?? [], problem)
      else if (cells === undefined) this.options.onBadLine(`${this.file}:${line}`, problem ?? 'bad row')
      else if (cells.some(isTorn)) this.options.onBadLine(`${this.file}:${line}`, notUtf8)
      else return { payload: this.payload(this.names, cells) }
    }
    return undefined
  }

  /** No row can be read without names: here it does not help to leave out a line. @throws FileError */
  private header(names: string[], problem = headerProblem(names)): string[] {
    if (problem !== undefined) throw new FileError(`${this.file}:${this.line}: ${problem}`)
    return names
  }

  private payload(names: readonly string[], cells: readonly string[]): unknown {
    return Object.fromEntries(names.map((name, i) => [name, cellValue(cells[i])]))
  }

  async load(): Promise<boolean> {
    if (this.isOver) return false
    const { parser } = this
    this.rows = []
    this.next = 0
    this.hasProblem = false
    const count = await this.source.read(this.chunk, 0, chunkSize)
    if (count > 0) {
      // what has been parsed must be taken before the parser says that it is ready
      const isReady = new Promise(resolve => parser.write(Buffer.from(this.chunk.subarray(0, count)), resolve))
      this.takeRows()
      await isReady
    } else {
      this.isOver = true
      await new Promise<void>(resolve => parser.end(() => resolve()))
    }
    this.takeRows()
    if (this.hasProblem) this.rows.sort((a, b) => a.line - b.line)
    return true
  }

  private takeRows(): void {
    const { parser } = this
    for (let row; (row = parser.read() as { info: { lines: number }; record: string[] } | null);) {
      this.rows.push({ line: row.info.lines, cells: row.record })
    }
  }
}

function headerProblem(names: readonly string[]): string | undefined {
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined) return `two columns have the name "${twice}"`
  if (names.some(isTorn)) return notUtf8
  if (names.length === 1 && /[;\t]/.test(names[0])) return `columns must be separated by commas, got ${show(names[0])}`
  return undefined
}
