import type { FlowNode } from '../flow/graph'
import type { Message } from '../record'
import { type Assignment, sameFile } from './assignments'
import { ClosedPipe, openSink } from './files/byte-sink'
import { FileError } from './files/file-error'
import { isCsv } from './files/format'
import { JsonWriter } from './json/writer'
import type { ValueWriter } from './value-writer'

function openWriter(file: string): ValueWriter {
  const sink = openSink(file)
  if (!isCsv(file)) return new JsonWriter(sink)
  const { CsvWriter } = require('./csv/writer') as typeof import('./csv/writer')
  return new CsvWriter(sink, file)
}

/** Writes what of a message is wanted. */
export type Put = (writer: ValueWriter, message: Message) => void

/** The files to be written. */
export class Outputs {
  /** What to do with a message that arrives at a node; never throws. */
  readonly takers = new Map<FlowNode, (message: Message) => void>()
  /** Why nothing more can be written. */
  failure: Error | undefined
  private readonly writers = new Map<string, ValueWriter>()
  /** Those that nothing more can be written to. */
  private readonly left = new Set<ValueWriter>()

  constructor(
    private readonly outputs: readonly Assignment[],
    private readonly put: Put,
    private readonly onBadRecord: (problem: string) => void
  ) {
    for (const node of new Set(outputs.map(output => output.node))) this.takers.set(node, this.taker(node))
  }

  private taker(node: FlowNode): (message: Message) => void {
    const files = new Set(this.outputs.filter(output => output.node === node).map(({ file }) => sameFile(file)))
    let writers: ValueWriter[] | undefined
    return message => {
      writers ??= [...files].map(file => this.writers.get(file)).filter(writer => writer !== undefined)
      for (let i = 0; i < writers.length; i++) this.write(writers[i], message)
    }
  }

  private write(writer: ValueWriter, message: Message): void {
    if (this.failure !== undefined || this.left.has(writer)) return
    try {
      this.put(writer, message)
    } catch (error) {
      if (!this.leave(writer, error)) this.onBadRecord(`cannot be written: ${(error as Error).message}`)
    }
  }

  /** Where nobody reads a pipe any more, the other outputs are still written; where a file fails, the run ends. */
  private leave(writer: ValueWriter, error: unknown): boolean {
    if (!(error instanceof FileError || error instanceof ClosedPipe)) return false
    this.left.add(writer)
    if (error instanceof FileError || this.left.size === this.writers.size) this.failure ??= error
    return true
  }

  private each(work: (writer: ValueWriter) => void): void {
    for (const writer of this.writers.values()) {
      if (this.left.has(writer)) continue
      try {
        work(writer)
      } catch (error) {
        if (!this.leave(writer, error)) throw error
      }
    }
  }

  /** Creates the files. @throws FileError */
  open(): void {
    for (const { file } of this.outputs) {
      const id = sameFile(file)
      if (!this.writers.has(id)) this.writers.set(id, openWriter(file))
    }
  }

  /** @throws FileError, ClosedPipe */
  check(): void {
    if (this.failure !== undefined) throw this.failure
  }

  /** @throws FileError, ClosedPipe */
  flush(): void {
    this.each(writer => writer.flush())
    this.check()
  }

  /** Closes each file, whatever becomes of the others. @throws FileError */
  close(): void {
    this.each(writer => writer.close())
    if (this.failure instanceof FileError) throw this.failure
  }
}
