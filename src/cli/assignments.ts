import { type BigIntStats, fstatSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { ConfigError } from '../errors'
import type { FlowGraph, FlowNode } from '../flow/graph'
import { FileError } from './files/file-error'

/** A node and the file that stands for it. */
export interface Assignment {
  node: FlowNode
  file: string
}

/** The nodes and files of `name=file` options. @throws ConfigError naming the option */
export function assignments(graph: FlowGraph, texts: readonly string[], option: string): Assignment[] {
  return texts.map(text => {
    const at = text.indexOf('=')
    if (at < 1 || at === text.length - 1) throw new ConfigError(option, 'must be name=file', text)
    return { node: graph.find(text.slice(0, at), option), file: text.slice(at + 1) }
  })
}

/** One file under two names is one file: outputs that go there share a writer. */
export const sameFile = (file: string): string => (file === '-' ? file : resolve(file))

/** @throws ConfigError where stdin is to be read twice, FileError where an output would overwrite what is read */
export function refuseOverwriting(read: readonly string[], written: readonly string[]): void {
  if (read.filter(file => file === '-').length > 1) throw new ConfigError('--in', 'can read stdin once only', '-')
  const identities = new Set(read.map(identity).filter(id => id !== undefined))
  for (const file of written) {
    const id = file === '-' ? undefined : identity(file)
    if (id !== undefined && identities.has(id))
      throw new FileError(`${file}: is read by this run, so it cannot be written`)
  }
}

/** What tells a regular file from all others, whatever its name; `undefined` where it is none. */
function identity(file: string): string | undefined {
  const stats: BigIntStats | undefined =
    file === '-' ? fstatSync(0, { bigint: true }) : statSync(file, { bigint: true, throwIfNoEntry: false })
  return stats?.isFile() ? `${stats.dev}:${stats.ino}` : undefined
}
