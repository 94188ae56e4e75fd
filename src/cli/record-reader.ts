import type { Message } from '../record'

/** The records of an input, in order. */
export interface RecordReader {
  readonly file: string
  /** The line of the record that was read last. */
  readonly line: number
  /** May `load` have to wait for data that are still to come, as from a pipe? */
  readonly mayWait: boolean
  /** The next record that is loaded; `undefined`: `load` has to be called. @throws FileError for a bad line */
  read(): Message | undefined
  /** Loads more; `false` at the end. @throws FileError */
  load(): Promise<boolean>
}

export interface ReadOptions {
  /** A line of ndjson is a whole message, not a payload. */
  whole: boolean
  /** Told of a line that is left out; throws where that ends the run. */
  onBadLine(place: string, problem: string): void
}
