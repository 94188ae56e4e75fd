import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Node, NodeAPI } from 'node-red'
import type { Envelope } from '#engine/state/envelope'
import { words } from './words'

/** Where the snapshots of a node are kept. */
export interface StateStore {
  /** What was saved last; `undefined`: nothing. */
  load(): Promise<unknown>
  save(envelope: Envelope): Promise<void>
  /** Keeps a snapshot that cannot be used out of the way of the next one. */
  putAside(stored: unknown): Promise<void>
  /** The node is gone for good. */
  remove(): Promise<void>
}

/** The one key that is used in the context of a node: a key is a property expression there. */
const key = 'streamState'

/** States longer than this, in characters, have a file of their own. */
const longest = 1 << 20

/** An entry of `contextStorage`: the name of a module, or settings with the module. */
type Storage = Record<string, string | { module?: unknown }>

/**
 * The store that the settings name; none named: the first that is not memory, else the usual one, which is `''`.
 * `undefined`: nothing is to be kept.
 */
export function storeName(RED: NodeAPI, setting: string): string | undefined {
  if (setting === 'off') return undefined
  if (setting !== '') return setting
  const { contextStorage = {} } = RED.settings as { contextStorage?: Storage }
  const lasting = Object.entries(contextStorage).find(
    ([, entry]) => typeof entry === 'object' && entry.module !== 'memory'
  )
  return lasting?.[0] ?? ''
}

/** Does what is in the store survive a restart? */
export function isLasting(RED: NodeAPI, name: string): boolean {
  const { contextStorage = {} } = RED.settings as { contextStorage?: Storage }
  const entry = contextStorage[name]
  const real = typeof entry === 'string' ? contextStorage[entry] : entry
  return typeof real === 'object' && real.module !== 'memory'
}

let told: string | undefined

/** Says in the log, once, where state is kept. */
export function tellStoreOnce(RED: NodeAPI, name: string): void {
  if (told === name) return
  told = name
  RED.log.info(words(RED, isLasting(RED, name) ? 'state.store' : 'state.memory', { name }))
}

/** Keeps snapshots in the context of the node; long ones in a file, where the store itself is lasting. */
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
  const file = join(folder ?? '', `${encodeURIComponent(node.id)}.json`)

  return {
    async load() {
      const stored = (await get()) as (Envelope & { isInFile?: boolean }) | undefined
      if (!stored?.isInFile) return stored
      return { ...stored, state: await readFile(file, 'utf8').catch(() => '') }
    },
    async save(envelope) {
      if (folder === undefined || envelope.state.length <= longest) return set(key, envelope)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeWhole(file, envelope.state)
      await set(key, { ...envelope, state: '', isInFile: true })
    },
    putAside: stored => set(`${key}Unused`, stored),
    async remove() {
      if (folder !== undefined) await rm(file, { force: true })
    }
  }
}

/** Either the whole text is in the file afterwards, or what was there before. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.new`
  const handle = await open(draft, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}
