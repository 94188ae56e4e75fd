import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'

export const entry = resolve('dist/cli/index.js')

export interface Result {
  status: number | null
  stdout: string
  stderr: string
}

/** Runs the built command line in `directory`. */
export function command(directory: string, args: readonly string[], input: string | Buffer = ''): Result {
  return spawnSync(process.execPath, [entry, ...args], { cwd: directory, encoding: 'utf8', input, maxBuffer: 1 << 28 })
}

type Running = ChildProcessByStdio<Writable, Readable, Readable>

/** Starts the built command line in `directory`; `args` have blanks between them. */
export const start = (directory: string, args: string): Running =>
  spawn(process.execPath, [entry, ...args.split(' ')], { cwd: directory, timeout: 50_000 })

/** What comes first. */
export async function firstOf(stream: Readable): Promise<string> {
  const [bytes] = (await once(stream, 'data')) as [Buffer]
  return bytes.toString()
}

/** How it ends. */
export async function endOf(child: Running): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { code, signal }
}

/** A directory of its own for each test of the suite. */
export function scratch(): {
  at(name: string): string
  write(name: string, text: string | Buffer): void
  read(name: string): string
  readonly path: string
} {
  let path = ''
  beforeEach(() => (path = mkdtempSync(join(tmpdir(), 'stream-analytics-'))))
  afterEach(() => rmSync(path, { recursive: true }))
  return {
    at: name => join(path, name),
    write: (name, text) => writeFileSync(join(path, name), text),
    read: name => readFileSync(join(path, name), 'utf8'),
    get path() {
      return path
    }
  }
}

const eventTime = { time: 'payload.ts', timeType: 'msg' }
export const passAll = { type: 'stream-filter', condition: 'true', conditionType: 'js' }
const tenSeconds = {
  type: 'stream-time-window',
  windowType: 'tumbling',
  size: '10s',
  key: 'payload.device',
  keyType: 'msg',
  aggregates: [{ fn: 'sum', field: 'payload.v', as: 'sum' }]
}

/** in and other in -> the node -> out and other out; output 2 -> rest. */
export const flowWith = (node: object, settings: object = eventTime): string =>
  JSON.stringify([
    { id: 'settings', type: 'stream-settings', ...settings },
    { id: 'i', type: 'inject', name: 'in', wires: [['n']] },
    { id: 'j', type: 'mqtt in', name: 'other in', wires: [['n']] },
    { id: 'n', name: 'the node', settings: 'settings', wires: [['o', 'p'], ['q']], ...node },
    { id: 'o', type: 'debug', name: 'out', wires: [] },
    { id: 'p', type: 'debug', name: 'other out', wires: [] },
    { id: 'q', type: 'debug', name: 'rest', wires: [] }
  ])

export const passing = flowWith(passAll)
export const windowing = flowWith(tenSeconds)

/** Values as ndjson. */
export const lines = (...values: unknown[]): string => values.map(value => `${JSON.stringify(value)}\n`).join('')
