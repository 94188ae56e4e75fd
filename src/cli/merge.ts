import { propertyGetter } from '../expression/property'
import type { Message, Timestamp } from '../record'
import { toTimestamp } from '../time/timestamp'
import type { ReadOptions, RecordReader } from './record-reader'

/** An input: where its records come from, and where they go. */
export interface Input {
  reader: RecordReader
  send(message: Message): void
}

interface Head {
  message: Message
  time: Timestamp
  line: number
}

/**
 * The records of several inputs in the order of the times in `property`; of equal times that of the earlier input.
 * Within an input nothing is reordered. One record of each is held.
 */
export class Merge implements RecordReader {
  private readonly heads: (Head | undefined)[]
  private readonly isOver: boolean[]
  private last = 0
  line = 0
  private readonly get: (message: Message) => unknown

  /** @throws ConfigError where `property` is no path */
  constructor(
    private readonly inputs: readonly Input[],
    private readonly property: string,
    private readonly onBadLine: ReadOptions['onBadLine']
  ) {
    this.get = propertyGetter(property, '--merge-by')
    this.heads = inputs.map(() => undefined)
    this.isOver = inputs.map(() => false)
  }

  get file(): string {
    return this.inputs[this.last].reader.file
  }

  get mayWait(): boolean {
    return this.inputs.some(({ reader }) => reader.mayWait)
  }

  /** To where the record that was read last belongs. */
  readonly send = (message: Message): void => this.inputs[this.last].send(message)

  read(): Message | undefined {
    let first: Head | undefined
    for (let i = 0; i < this.heads.length; i++) {
      const head = this.heads[i]
      if (head === undefined) {
        if (!this.isOver[i] && !this.advance(i)) return undefined
        const loaded = this.heads[i]
        if (loaded === undefined || (first !== undefined && first.time <= loaded.time)) continue
        first = loaded
        this.last = i
      } else if (first === undefined || head.time < first.time) {
        first = head
        this.last = i
      }
    }
    if (first === undefined) return undefined
    this.heads[this.last] = undefined
    this.line = first.line
    return first.message
  }

  /** Takes the next record of an input as its head; `false`: more has to be loaded. */
  private advance(i: number): boolean {
    const { reader } = this.inputs[i]
    for (let message; (message = reader.read()) !== undefined;) {
      const { line } = reader
      try {
        this.heads[i] = { message, time: toTimestamp(this.get(message), this.property), line }
        return true
      } catch (error) {
        this.onBadLine(`${reader.file}:${line}`, `${(error as Error).message} (--merge-by)`)
      }
    }
    return false
  }

  async load(): Promise<boolean> {
    for (let i = 0; i < this.inputs.length; i++) {
      while (this.heads[i] === undefined && !this.isOver[i] && !this.advance(i)) {
        if (!(await this.inputs[i].reader.load())) this.isOver[i] = true
      }
    }
    return this.heads.some(head => head !== undefined)
  }
}
