import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { FileError } from './read'

const chunkLength = 1 << 16

/** Writes values as ndjson, many lines at once. `-` is stdout. */
export class LineWriter {
  private readonly stream: Writable
  private text = ''
  private failure: Error | undefined
  private isFull = false

  constructor(private readonly file: string) {
    this.stream = file === '-' ? process.stdout : createWriteStream(file)
    this.stream.on('error', error => {
      // the reader of a pipe has what it wanted
      if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0)
      this.failure = error
    })
  }

  line(value: unknown): void {
    this.text += `${JSON.stringify(value)}\n`
    if (this.text.length >= chunkLength) this.flush()
  }

  private flush(): void {
    if (!this.stream.write(this.text)) this.isFull = true
    this.text = ''
  }

  /** Waits until what was written has been taken. @throws FileError */
  async drain(): Promise<void> {
    this.check()
    if (!this.isFull) return
    this.isFull = false
    if (this.stream.writableNeedDrain) await once(this.stream, 'drain').catch(() => undefined)
    this.check()
  }

  async close(): Promise<void> {
    this.flush()
    if (this.file !== '-') await new Promise<void>(resolve => this.stream.end(() => resolve()))
    this.check()
  }

  private check(): void {
    if (this.failure) throw new FileError(`${this.file}: ${this.failure.message}`)
  }
}
