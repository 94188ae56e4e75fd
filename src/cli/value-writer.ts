/** Something that writes values, one a line. */
export interface ValueWriter {
  /** @throws FileError, ClosedPipe */
  write(value: unknown): void
  /** Writes what is held back. */
  flush(): void
  close(): void
}
