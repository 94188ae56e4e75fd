import type { RawConfig } from '../config/fields'
import type { Settings } from '../config/settings'
import type { NodeSpec } from '../operators/spec'

/** What the state of a node belongs to: as long as this stays the same, a snapshot can be gone on from. */
export function identityOf(spec: NodeSpec, config: RawConfig, { time, timeType, timezone }: Settings): string {
  const own = [...spec.stateFields, 'key', 'keyType'].map(name => {
    const value = config[name] ?? spec.fields[name]?.default
    return typeof value === 'number' ? String(value) : value
  })
  return JSON.stringify([spec.type, own, time, timeType, timezone])
}
