import type { NodeAPI } from 'node-red'
import { words } from './words'

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

const told = new Set<string>()

/** Says in the log, once for each store, where state is kept. */
export function tellStoreOnce(RED: NodeAPI, name: string): void {
  if (told.has(name)) return
  told.add(name)
  RED.log.info(words(RED, isLasting(RED, name) ? 'state.store' : 'state.memory', { name }))
}
