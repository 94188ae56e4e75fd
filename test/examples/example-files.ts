import { readdirSync, readFileSync } from 'node:fs'

/** A node of an example flow. */
export interface ExampleNode {
  id: string
  type: string
  z?: string
  name?: string
  wires?: string[][]
  [field: string]: unknown
}

export const exampleFiles = readdirSync('examples').sort()

/** The nodes of `examples/<file>`. */
export const readExample = (file: string): ExampleNode[] =>
  JSON.parse(readFileSync(`examples/${file}`, 'utf8')) as ExampleNode[]

/** The same flow with other ids, as the editor imports a copy. */
export function copyOf(nodes: readonly ExampleNode[]): ExampleNode[] {
  const text = JSON.stringify(nodes)
  const ids = new Map(nodes.map(({ id }, i) => [JSON.stringify(id), `"copy${i}"`]))
  return JSON.parse(text.replace(/"[^"\\]*"/g, word => ids.get(word) ?? word)) as ExampleNode[]
}
