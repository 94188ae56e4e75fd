import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

interface Node {
  file: string
  version: string
}

function nodeAt(file: string | undefined): Node | undefined {
  if (file === undefined || !existsSync(file)) return undefined
  return { file, version: spawnSync(file, ['-v'], { encoding: 'utf8' }).stdout.trim() }
}

/** The Node of this machine, not the one that npm scripts put first on the PATH. */
export const systemNode = nodeAt(
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter(folder => !folder.includes('node_modules'))
    .map(folder => join(folder, 'node'))
    .find(existsSync)
)

/** A Node-RED and the Node it runs on; `node` is absent where this machine has not the right one. */
export interface Platform {
  title: string
  /** The folder of node_modules that Node-RED is in. */
  runtime: string
  needs: string
  node: Node | undefined
}

const newest = nodeAt(resolve('node_modules/node/bin/node'))

/** Both ends of the range that the package promises. */
export const platforms: readonly Platform[] = [
  { title: 'Node-RED 5', runtime: 'node-red', needs: 'Node 24', node: newest },
  {
    title: 'Node-RED 4.1',
    runtime: 'node-red-4',
    needs: 'Node 20',
    node: systemNode?.version.startsWith('v20.') ? systemNode : undefined
  }
]
