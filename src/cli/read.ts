import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { Message } from '../record'

/** A file that cannot be read, or a line that is no JSON. */
export class FileError extends Error {}

const chunkSize = 1 << 20

function open(file: string): NodeJS.ReadableStream {
  if (file === '-') return process.stdin
  const bytes = createReadStream(file, { highWaterMark: chunkSize })
  if (!file.endsWith('.gz')) return bytes
  const unzipped = createGunzip({ chunkSize })
  bytes.on('error', error => unzipped.destroy(error))
  return bytes.pipe(unzipped)
}

/** The lines of the chunk that are whole; a file without an end of line at its end has a last line too. */
async function* chunks(file: string): AsyncGenerator<string[]> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of open(file)) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer)
    const end = bytes.lastIndexOf(10)
    rest = bytes.subarray(end + 1)
    if (end >= 0) yield bytes.toString('utf8', 0, end).split('\n')
  }
  if (rest.length > 0) yield [rest.toString('utf8')]
}

interface ReadOptions {
  /** A line is a whole message, not a payload. */
  whole: boolean
  skipBad: boolean
}

/**
 * Reads an ndjson file (`.gz`: unzipped, `-`: stdin), some messages at a time.
 * @throws FileError naming file and line
 */
export async function* readMessages(file: string, { whole, skipBad }: ReadOptions): AsyncGenerator<Iterable<Message>> {
  let number = 0
  let skipped = 0
  function* parse(lines: readonly string[]): Generator<Message> {
    for (const line of lines) {
      number++
      if (line === '' || line === '\r') continue
      let value: unknown
      try {
        value = JSON.parse(line)
        if (whole && (typeof value !== 'object' || value === null || Array.isArray(value)))
          throw new Error('a message must be an object')
      } catch (error) {
        if (!skipBad) throw new FileError(`${file}:${number}: ${(error as Error).message}`)
        skipped++
        continue
      }
      yield whole ? (value as Message) : { payload: value }
    }
  }
  try {
    for await (const lines of chunks(file)) yield parse(lines)
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new FileError(`${file}: ${error.message}`)
    throw error
  }
  if (skipped > 0) console.error(`${file}: ${skipped} bad lines left out`)
}
