import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Node, NodeAPI } from 'node-red'
import { checksum, type Label, type Sealed, type Stored } from '#engine/state/envelope'
import { isLasting } from './context-storage'
import { draftOf, readStateFile, writeStateFile } from './state-file'

/** Where the snapshots of a node are kept. */
export interface StateStore {
  /** The newest snapshot; `undefined`: there is none. */
  load(): Promise<Stored | undefined>
  /** Keeps a snapshot. */
  save(label: Label, text: AsyncIterable<string>, options: SaveOptions): Promise<void>
  /** Keeps what cannot be used out of the way of the next snapshot. */
  putAside(): Promise<void>
  /** Forgets all that is kept. */
  remove(): Promise<void>
}

export interface SaveOptions {
  /** No crash from now on must bring an older snapshot back. */
  isUrgent: boolean
  /** Once aborted, the snapshot does not take the place of the one before any more. */
  signal: AbortSignal
}

/** A snapshot as it is in the context of a node: with its text, or with a note that this is in a file. */
type InContext = Sealed & { state: string | string[]; isInFile?: boolean }

/** The one key that is used in the context of a node: a key is a property expression there. */
const key = 'streamState'

/** States longer than this, in characters, have a file of their own. */
const longest = 1 << 20

/**
 * What was last to be saved in the context of each node, by its id: a deploy needs no store that answers. Node-RED gives a
 * node that is moved to another tab a new context, and empties the context of each node that closes where no
 * `contextStorage` is set up.
 */
const known = new Map<string, InContext>()

/**
 * Keeps snapshots in the context of the node; long ones in a file, where the store itself is lasting. A context store
 * may write to the disk later, so what is urgent goes into the file too: the newer of the two counts.
 */
export function stateStore(RED: NodeAPI, node: Node, name: string): StateStore {
  const context = node.context()
  const get = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const take = (error: Error | null, value: unknown): void => (error ? reject(error) : resolve(value))
      if (name === '') context.get(key, take)
      else context.get(key, name, take)
    })
  const set = (under: string, value: unknown): Promise<void> =>
    new Promise((resolve, reject) => {
      const take = (error?: Error | null): void => (error ? reject(error) : resolve())
      if (name === '') context.set(under, value, take)
      else context.set(under, value, name, take)
    })
  const { userDir } = RED.settings as { userDir?: string }
  const folder = userDir !== undefined && isLasting(RED, name) ? join(userDir, 'stream-analytics') : undefined
  const file = folder === undefined ? undefined : join(folder, `${encodeURIComponent(node.id)}.json`)

  const newest = async (): Promise<InContext | undefined> =>
    known.get(node.id) ?? ((await get()) as InContext | undefined)

  async function setState(value: InContext): Promise<void> {
    known.set(node.id, value)
    await set(key, value)
  }

  return {
    async load() {
      const inFile = file === undefined ? undefined : await readStateFile(file)
      const other = await newest()
      const inContext = other?.isInFile && inFile ? undefined : withText(other)
      if (inFile === undefined || inContext === undefined) return inFile ?? inContext
      return inContext.savedAt > inFile.savedAt ? inContext : inFile
    },
    async save(label, text, { isUrgent, signal }) {
      const iterator = text[Symbol.asyncIterator]()
      const limit = file === undefined ? Infinity : isUrgent ? -1 : longest
      const { pieces, isAll } = await take(iterator, limit)
      if (isAll || file === undefined) {
        const summed = checksum()
        pieces.forEach(piece => summed.add(piece))
        return setState({ ...label, checksum: summed.sum(), state: pieces })
      }
      await writeStateFile(file, label, chain(pieces, iterator), signal)
      await setState({ ...label, checksum: '', state: '', isInFile: true })
    },
    async putAside() {
      const stored = await newest()
      if (stored !== undefined) await set(`${key}Unused`, stored)
      await set(key, undefined)
      known.delete(node.id)
      if (file !== undefined) await rename(file, unusedOf(file)).catch(ifThere)
    },
    async remove() {
      known.delete(node.id)
      await set(key, undefined)
      if (file !== undefined) for (const name of [file, draftOf(file), unusedOf(file)]) await rm(name, { force: true })
    }
  }
}

/** What is in the context, perhaps written by an older version as one text. */
const withText = (stored: InContext | null | undefined): Stored | undefined =>
  stored ? { ...stored, text: Array.isArray(stored.state) ? stored.state : [String(stored.state)] } : undefined

const unusedOf = (file: string): string => `${file}.unused`

function ifThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** Takes pieces of a text, until they are longer than `limit`. */
async function take(text: AsyncIterator<string>, limit: number): Promise<{ pieces: string[]; isAll: boolean }> {
  const pieces: string[] = []
  let length = 0
  while (length <= limit) {
    const next = await text.next()
    if (next.done) return { pieces, isAll: true }
    pieces.push(next.value)
    length += next.value.length
  }
  return { pieces, isAll: false }
}

async function* chain(first: readonly string[], rest: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    yield* first
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
