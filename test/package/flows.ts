/** A node of a tab; `to` is short for one output, wires and other references name nodes of the same tab. */
export interface ShortNode {
  type: string
  to?: string[]
  wires?: string[][]
  /** Of a Catch or Complete node: which nodes. */
  scope?: unknown
  settings?: string
  [field: string]: unknown
}

export const probe = (...to: string[]): ShortNode => ({ type: 'probe', to })
export const eventTime: ShortNode = { type: 'stream-settings', time: 'payload.ts', timeType: 'msg' }

/** A tab as Node-RED saves it: node `n` of tab `t` has the id `t.n`. */
export function tab(name: string, nodes: Record<string, ShortNode>): object[] {
  const idOf = (node: string): string => `${name}.${node}`
  const list = Object.entries(nodes).map(([node, { to = [], wires = [to], scope, settings, ...fields }]) => ({
    id: idOf(node),
    z: name,
    wires: wires.map(ids => ids.map(idOf)),
    // what has no place is a configuration node
    ...(fields.type === 'stream-settings' ? {} : { x: 0, y: 0 }),
    ...(settings === undefined ? {} : { settings: idOf(settings) }),
    ...(scope === undefined ? {} : { scope: Array.isArray(scope) ? (scope as string[]).map(idOf) : scope }),
    ...fields
  }))
  return [{ id: name, type: 'tab', label: name }, ...list]
}
