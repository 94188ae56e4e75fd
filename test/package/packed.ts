import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What `npm pack --json` tells of the package. */
export interface Packed {
  filename: string
  unpackedSize: number
  files: { path: string; size: number }[]
}

/** A new folder that nothing else uses. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'stream-analytics-'))

const npm = (...args: string[]): string =>
  execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 120_000 })

let packed: { tarball: string; contents: Packed } | undefined

/** The package as it would be published, packed once, from what is built. */
export function pack(): { tarball: string; contents: Packed } {
  if (packed === undefined) {
    const folder = newFolder()
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    const [contents] = JSON.parse(npm('pack', '--ignore-scripts', '--json', '--pack-destination', folder)) as [Packed]
    packed = { tarball: join(folder, contents.filename), contents }
  }
  return packed
}

/** Installs the packed package into `folder` as a user would; nothing of this repository is linked. */
export function install(folder: string): void {
  const options = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
  npm('install', '--prefix', folder, pack().tarball, ...options)
}
