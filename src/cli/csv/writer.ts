import { stringify } from 'csv-stringify/sync'
import { fieldsOf } from '../../row'
import type { ByteSink } from '../files/byte-sink'
import type { ValueWriter } from '../value-writer'
import { cellText } from './cell'

const rowsAtOnce = 500

/** Writes values as CSV. The first one names the columns; a bare value is the column `value`. */
export class CsvWriter implements ValueWriter {
  private columns: string[] | undefined
  private rows: string[][] = []
  private readonly leftOut = new Set<string>()

  constructor(
    private readonly sink: ByteSink,
    private readonly file: string
  ) {}

  write(value: unknown): void {
    const row = fieldsOf(value)
    if (this.columns === undefined) {
      this.columns = Object.keys(row)
      this.rows.push(this.columns)
    }
    for (const name in row) if (!this.columns.includes(name)) this.leftOut.add(name)
    this.rows.push(this.columns.map(name => (Object.hasOwn(row, name) ? cellText(row[name]) : '')))
    if (this.rows.length >= rowsAtOnce) this.flush()
  }

  flush(): void {
    if (this.rows.length > 0) this.sink.write(Buffer.from(stringify(this.rows)))
    this.rows = []
  }

  close(): void {
    this.flush()
    this.sink.close()
    if (this.leftOut.size > 0)
      console.error(`${this.file}: not written, as the first row does not have them: ${[...this.leftOut].join(', ')}`)
  }
}
