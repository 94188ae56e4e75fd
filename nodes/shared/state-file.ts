import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { checksum, isSealed, type Label, type Sealed, type Stored } from '#engine/state/envelope'

/** Where a snapshot is written before it takes the place of the one before. */
export const draftOf = (file: string): string => `${file}.new`

/** The checksum is known when the text is written: until then as many zeros hold its place. */
const noChecksum = '0'.repeat(64)

/** The first line of a file: what is known of the snapshot. The checksum comes first, its place is the same in all. */
const firstLine = (sum: string, of: Label): string => `${JSON.stringify({ checksum: sum, ...of })}\n`

/**
 * Replaces `file` by a snapshot: afterwards either all of it is there, on the disk, or what was there before. Only the
 * user who runs Node-RED can read it.
 */
export async function writeStateFile(
  file: string,
  label: Label,
  text: AsyncIterable<string>,
  signal: AbortSignal
): Promise<void> {
  const draft = draftOf(file)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await rm(draft, { force: true })
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await writeAll(handle, label, text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    signal.throwIfAborted()
    await rename(draft, file)
  } catch (error) {
    // what was there stays; a draft is of no use, and a full disk needs its room. Given up, it is the next one's
    if (!signal.aborted) await rm(draft, { force: true }).catch(() => undefined)
    throw error
  }
}

async function writeAll(handle: FileHandle, label: Label, text: AsyncIterable<string>): Promise<void> {
  const summed = checksum()
  await handle.writeFile(firstLine(noChecksum, label))
  for await (const piece of text) {
    summed.add(piece)
    await handle.writeFile(piece)
  }
  const line = Buffer.from(firstLine(summed.sum(), label))
  await handle.write(line, 0, line.length, 0)
}

/** The snapshot in a file; its text is read when it is asked for. `undefined`: there is none. */
export async function readStateFile(file: string): Promise<Stored | undefined> {
  const line = await readFirstLine(file)
  if (line === undefined) return undefined
  return { ...parsed(line), text: readFrom(file, Buffer.byteLength(line) + 1) }
}

/** Opened when it is read. */
async function* readFrom(file: string, start: number): AsyncGenerator<string> {
  yield* createReadStream(file, { encoding: 'utf8', start }) as AsyncIterable<string>
}

async function readFirstLine(file: string): Promise<string | undefined> {
  let line = ''
  try {
    for await (const piece of createReadStream(file, 'utf8') as AsyncIterable<string>) {
      const end = piece.indexOf('\n')
      if (end >= 0) return line + piece.slice(0, end)
      line += piece
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return line
}

/** What the first line says; of one that is damaged, what will be refused as such. */
function parsed(line: string): Sealed {
  try {
    const sealed: unknown = JSON.parse(line)
    if (isSealed(sealed)) return sealed
  } catch {
    // said by whoever opens it
  }
  return { v: NaN, of: '', savedAt: -Infinity, isLast: false, checksum: '' }
}
