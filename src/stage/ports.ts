import type { Settings } from '../config/settings'
import type { PrepareJsonata } from '../expression/jsonata'
import type { Clock } from '../time/clock'
import type { EmitterPorts } from './emitter'

/** What the user should know, once: told in the words of the surroundings. */
export type Warning =
  /** `msg.stream` is there, but was not made by a stream node. */
  | { kind: 'foreignHeader' }
  /** Many records came and none had a key. */
  | { kind: 'noKey'; records: number }
  /** A record is further ahead of the clock than `maxAhead`. */
  | { kind: 'ahead' }
  /** The clock was put back by so many ms. */
  | { kind: 'clockBack'; by: number }

/** What a stage is given by its surroundings: Node-RED, or the flow runner. */
export interface StagePorts extends EmitterPorts {
  id: string
  /** Stands for the topic of results that have no key. */
  name: string
  settings: Settings
  prepareJsonata: PrepareJsonata
  clock: Clock
  /** Is `clock` the wall clock? Recorded data knows none. */
  isLive: boolean
  /** Ids of the stream nodes that feed this one; absent: not known yet. */
  upstream?: readonly string[]
  maxHeld: number
  maxQueued: number
  warn(warning: Warning): void
  /** What time has brought, and no message has asked for, went wrong; absent: it is thrown. */
  failed?(error: Error): void
  /** State was forgotten, because a message said so: that of `key`; without one the stream begins anew. */
  forgot?(key?: string): void
}

/** Passes each kind of warning on once. */
export function warningOnce({ warn }: Pick<StagePorts, 'warn'>): (warning: Warning) => void {
  const told = new Set<Warning['kind']>()
  return warning => {
    if (told.has(warning.kind)) return
    told.add(warning.kind)
    warn(warning)
  }
}
