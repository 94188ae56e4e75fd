import { parse, type Parser } from 'csv-parse'
import type { Message } from '../../record'
import type { ByteSource } from '../files/byte-source'
import { FileError } from '../files/file-error'
import type { ReadOptions, RecordReader } from '../record-reader'
import { cellValue } from './cell'

const chunkSize = 1 << 18
const longestRecord = 1 << 28

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
      if (cells === undefined) this.options.onBadLine(`${this.file}:${line}`, problem ?? 'bad row')
      else if (this.names === undefined) this.names = this.header(cells)
      else if (cells.some(cell => cell.includes('\ufffd'))) this.options.onBadLine(`${this.file}:${line}`, 'not UTF-8')
      else return { payload: this.payload(this.names, cells) }
    }
    return undefined
  }

  private header(cells: string[]): string[] {
    const twice = cells.find((name, i) => cells.indexOf(name) < i)
    if (twice !== undefined) throw new FileError(`${this.file}:${this.line}: two columns have the name "${twice}"`)
    return cells
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
