import { closeSync, openSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileError, FileError } from './file-error'
import { isZipped } from './format'

/** Whoever read our output has closed the pipe: it has what it wanted. */
export class ClosedPipe extends Error {}

/** Takes bytes; they are written when `write` returns, so that a full pipe slows everything before it. */
export interface ByteSink {
  /** @throws FileError, ClosedPipe */
  write(bytes: Buffer): void
  close(): void
}

/** Creates a file (`.gz`: zipped; `-`: stdout). @throws FileError */
export function openSink(file: string): ByteSink {
  if (file === '-') return { write: bytes => writeAll(1, bytes, 'stdout'), close() {} }
  let descriptor: number
  try {
    descriptor = openSync(file, 'w')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new FileError(`${file}: the directory ${dirname(file)} does not exist`)
    throw fileError(file, error)
  }
  const plain: ByteSink = {
    write: bytes => writeAll(descriptor, bytes, file),
    close: () => closeSync(descriptor)
  }
  return isZipped(file) ? zipped(plain) : plain
}

/** Each chunk is a gzip member of its own, as the format allows: what has been written can always be read. */
function zipped(sink: ByteSink): ByteSink {
  const { gzipSync } = require('node:zlib') as typeof import('node:zlib')
  let waiting: Buffer[] = []
  let length = 0
  let isEmpty = true
  const flush = (): void => {
    sink.write(gzipSync(Buffer.concat(waiting)))
    isEmpty = false
    waiting = []
    length = 0
  }
  return {
    write(bytes) {
      waiting.push(Buffer.from(bytes))
      length += bytes.length
      if (length >= 1 << 20) flush()
    },
    close() {
      if (length > 0 || isEmpty) flush()
      sink.close()
    }
  }
}

function writeAll(descriptor: number, bytes: Buffer, file: string): void {
  let from = 0
  while (from < bytes.length) {
    try {
      from += writeSync(descriptor, bytes, from)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') throw new ClosedPipe()
      if (code !== 'EAGAIN') throw fileError(file, error)
      // a full pipe that does not block by itself
      Atomics.wait(pause, 0, 0, 2)
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4))
