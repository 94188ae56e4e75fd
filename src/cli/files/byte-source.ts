import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { fileError } from './file-error'
import { isZipped } from './format'

/** Bytes of a file, in order. */
export interface ByteSource {
  /** Is what comes next there already, so that nobody is kept waiting? */
  readonly isFile: boolean
  /** Size of the file in bytes, where it is known. */
  readonly size: number | undefined
  /** How many bytes of the file have been read. */
  taken(): number
  /** Reads into `bytes` from `at`, at most up to `to`; resolves to how many, 0 at the end. @throws FileError */
  read(bytes: Buffer, at: number, to: number): number | Promise<number>
  close(): void
}

/** Opens a file (`.gz`: unzipped; `-`: stdin). @throws FileError */
export function openSource(file: string): ByteSource {
  if (file === '-') return fstatSync(0).isFile() ? plainFile(0, file) : streamed(process.stdin, file)
  try {
    const descriptor = openSync(file, 'r')
    const stats = fstatSync(descriptor)
    if (stats.isDirectory()) {
      closeSync(descriptor)
      throw Object.assign(new Error(), { code: 'EISDIR' })
    }
    if (!isZipped(file)) {
      // a named pipe may keep us waiting
      return stats.isFile() ? plainFile(descriptor, file) : streamed(createReadStream(file, { fd: descriptor }), file)
    }
    const { createGunzip } = require('node:zlib') as typeof import('node:zlib')
    const zipped = createReadStream(file, { fd: descriptor, highWaterMark: 1 << 18 })
    const unzipped = createGunzip({ chunkSize: 1 << 18 })
    zipped.on('error', error => unzipped.destroy(error))
    return { ...streamed(zipped.pipe(unzipped), file), size: stats.size, taken: () => zipped.bytesRead }
  } catch (error) {
    throw fileError(file, error)
  }
}

/** Reads at once: going through the event loop for each chunk would be no faster, as nothing else is to be done. */
function plainFile(descriptor: number, file: string): ByteSource {
  const { size } = fstatSync(descriptor)
  let taken = 0
  return {
    isFile: true,
    size,
    taken: () => taken,
    read(bytes, at, to) {
      try {
        const count = readSync(descriptor, bytes, at, to - at, null)
        taken += count
        return count
      } catch (error) {
        throw fileError(file, error)
      }
    },
    close: () => closeSync(descriptor)
  }
}

function streamed(stream: Readable, file: string): ByteSource {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let chunk: Buffer = Buffer.alloc(0)
  let taken = 0
  return {
    isFile: false,
    size: undefined,
    taken: () => taken,
    async read(bytes, at, to) {
      try {
        while (chunk.length === 0) {
          const next = await chunks.next()
          if (next.done) return 0
          chunk = next.value
          taken += chunk.length
        }
      } catch (error) {
        throw fileError(file, error)
      }
      const count = chunk.copy(bytes, at, 0, to - at)
      chunk = chunk.subarray(count)
      return count
    },
    close: () => void stream.destroy()
  }
}
