// The values of a node: as they are saved, as its open dialog shows them, or as a new node has them.

/** Open dialogs: node -> what is typed there. Validators judge that rather than what is saved. */
const typed = new Map()

/** The dialog of a node opens: `read` gives its values. */
export const open = (node, read) => typed.set(node, read)

export const close = node => typed.delete(node)

/** The values of a node: those in its dialog where one is open. */
export const valuesOf = node => typed.get(node)?.() ?? node

/** The values for all rows. A field that is not in a node's flow, which may be written by hand, is that of a new node. */
export function filledIn(node, rows) {
  const values = rows.map(({ name, value }) => [name, node[name] ?? value])
  const types = rows.flatMap(({ name, types }) => (types ? [[`${name}Type`, node[`${name}Type`] || types[0]]] : []))
  return Object.fromEntries([...values, ...types])
}
