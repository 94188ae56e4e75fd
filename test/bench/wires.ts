// npm run bench:wires -- [--jobs window,map | all] [--pairs 15] [--blocks 300]: our nodes in a real Node-RED
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { freePort } from '../package/node-red-process'
import { install, newFolder } from '../package/packed'
import { compare } from './measure'
import { chosen, options } from './options'
import { brief, type Figure, report } from './report'
import { messages, wires, type WiresJob, wiresJobs } from './wires-flows'

/** The folder of a user who has installed the packed package, and the nodes of the benchmark beside it. */
async function prepareUserDir(userDir: string): Promise<void> {
  install(userDir)
  mkdirSync(join(userDir, 'nodes'))
  copyFileSync(join(__dirname, 'wires-nodes.js'), join(userDir, 'nodes/wires-nodes.js'))
  writeFileSync(join(userDir, 'nodes/wires-nodes.html'), '')
  const settings = { uiHost: '127.0.0.1', uiPort: await freePort(), telemetry: { enabled: false } }
  writeFileSync(join(userDir, 'settings.js'), `module.exports = ${JSON.stringify(settings)}`)
}

/** Each run is a Node-RED of its own; what it tells is the CPU from the first message to the last. */
function measure({ name, title, project, baseline }: WiresJob, userDir: string, blocks: number, pairs: number): Figure {
  const program = (kind: string, flow: object[]): string[] => {
    const file = join(userDir, `${kind}.json`)
    writeFileSync(file, JSON.stringify(flow))
    return [resolve('node_modules/node-red/red.js'), '--userDir', userDir, file]
  }
  const programs = { project: program('project', project(blocks)), baseline: program('baseline', baseline(blocks)) }
  return { name, title, ...compare(programs, blocks * messages, pairs) }
}

async function main(): Promise<void> {
  const { jobs: names, pairs, size: blocks } = options('blocks', { jobs: 'all', size: 300 })
  const userDir = newFolder()
  try {
    await prepareUserDir(userDir)
    const figures: Figure[] = []
    for (const job of chosen(wiresJobs, names)) {
      const figure = measure(job, userDir, blocks, pairs)
      figures.push(figure)
      console.error(brief(figure))
    }
    report(figures, wires)
  } finally {
    rmSync(userDir, { recursive: true, force: true })
  }
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
