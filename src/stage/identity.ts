import type { RawConfig } from '../config/fields'
import type { Settings } from '../config/settings'
import type { NodeSpec } from '../operators/spec'

/** A row of results as the dialog saves it: who writes a flow by hand may leave out what is empty. */
const asSaved = (row: object): object => ({ fn: '', field: '', fieldType: 'msg', arg: '', as: '', ...row })

/** What the state of a node belongs to: as long as this stays the same, a snapshot can be gone on from. */
export function identityOf(spec: NodeSpec, config: RawConfig, { time, timeType, timezone }: Settings): string {
  const own = [...spec.stateFields, 'key', 'keyType'].map(name => {
    const value = config[name] ?? spec.fields[name]?.default
    return Array.isArray(value) ? (value as object[]).map(asSaved) : value
  })
  const meaning = [spec.type, own, time, timeType, timezone]
  return JSON.stringify(meaning, (_, value: unknown) => (typeof value === 'number' ? String(value) : value))
}
