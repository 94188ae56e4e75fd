import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runInThisContext } from 'node:vm'
import jsonata from 'jsonata'

/** The values of a node, as a dialog sees them. */
export type Values = Record<string, unknown>

export interface Problem {
  key: string
}

/** One row of a dialog as the html declares it. */
export interface Row {
  name: string
  value: unknown
  kind: string | ((values: Values) => string)
  types?: string[]
  options?: string[]
  isShared?: boolean
  isOptional?: boolean
  empty?: boolean
  unit?: boolean
  when?: (values: Values) => boolean
}

/** What nodes/stream-<name>.html tells of a node. */
export interface Declaration {
  type: string
  rows: Row[]
  more: Row[]
  hasKey: boolean
  outputs?: number
  picture?: string
  label?: (values: Values) => string
}

/** A module of resources/, which are plain modules of the browser; those without a document run here as well. */
export const editorModule = <T>(name: string): Promise<T> =>
  import(pathToFileURL(resolve('resources', name)).href) as Promise<T>

interface Common {
  key: Row
  batch: Row
}

/** Stands in for what the editor brings; properties are tested as it does, in short: no empty part. */
export const editorGlobals = {
  jsonata,
  RED: { utils: { validatePropertyExpression: (path: string) => path !== '' && !/\.\.|\.$|^\./.test(path) } }
}

/** Runs the script of each html file as the editor would, and keeps what it declares. */
export async function declarations(): Promise<Declaration[]> {
  const found: Declaration[] = []
  const keep = (type: string, declared: Declaration): void => {
    found.push({ ...declared, type, more: declared.more ?? [], hasKey: declared.hasKey ?? true })
  }
  const checks = await editorModule<object>('checks.mjs')
  const common = await editorModule<object>('common.mjs')
  const offers = await editorModule<object>('offers.mjs')
  const RED = { nodes: { registerType: () => undefined } }
  const streamAnalytics = { ...checks, ...common, ...offers, node: keep, configNode: keep }
  for (const file of readdirSync('nodes').filter(name => name.endsWith('.html'))) {
    const [, script] =
      /<script type="text\/javascript">(.*)<\/script>/s.exec(readFileSync(`nodes/${file}`, 'utf8')) ?? []
    const run = runInThisContext(`(RED, streamAnalytics) => {${script}}`) as (...scope: object[]) => void
    run(RED, streamAnalytics)
  }
  return found
}

/** All rows of a node, with those that every node has. */
export async function rowsOf({ type, rows, more, hasKey }: Declaration): Promise<Row[]> {
  const { key, batch } = await editorModule<Common>('common.mjs')
  const common = type === 'stream-settings' ? [] : hasKey ? [key, batch] : [batch]
  return [...rows, ...more, ...common]
}

/** The values of a new node. */
export async function newValues(declaration: Declaration): Promise<Values> {
  const rows = await rowsOf(declaration)
  return Object.fromEntries(
    rows.flatMap(({ name, value, types }) => [[name, value], ...(types ? [[`${name}Type`, types[0]]] : [])])
  ) as Values
}
