import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openEditor } from '../editor/browser'
import { freePort } from '../package/node-red-process'
import { exampleFiles, type ExampleNode, readExample } from './example-files'

const node = resolve('node_modules/node/bin/node')

describe('npm start', function () {
  this.timeout(60_000)
  let userDir: string
  let child: ChildProcess
  let out = ''

  function start(port: number, mqttPort: number, command = node, options: string[] = []): void {
    out = ''
    child = spawn(command, [...options, 'demo/start.mjs', '--user-dir', userDir], {
      env: { ...process.env, PORT: String(port), MQTT_PORT: String(mqttPort) }
    })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (out += text.toString()))
  }

  async function started(): Promise<void> {
    while (!out.includes('Ctrl-C') && child.exitCode === null) await once(child.stdout as NodeJS.ReadableStream, 'data')
  }

  /** The exit code. */
  const ended = async (): Promise<number> => ((await once(child, 'close')) as [number])[0]

  beforeEach(() => {
    userDir = mkdtempSync(join(tmpdir(), 'stream-analytics-demo-'))
  })
  afterEach(() => {
    child.kill('SIGKILL')
    rmSync(userDir, { recursive: true, force: true })
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`brings live points to the dashboard, says two addresses, and ends on ${signal}`, async () => {
      const port = await freePort()
      start(port, await freePort())
      const url = `http://127.0.0.1:${port}`
      await started()
      for (const chart of ['plant-chart-pump', 'weather-days-chart', 'computer-delay-chart']) {
        let points: unknown[] = []
        while (points.length === 0) {
          const answer = await fetch(`${url}/dashboard/_debug/datastore/${chart}`)
          points = JSON.parse((await answer.text()) || '[]') as unknown[]
        }
      }
      assert.match(await (await fetch(`${url}/dashboard`)).text(), /<html/)
      child.kill(signal)
      assert.equal(await ended(), 0)
      assert.match(out.trim(), /^Dashboard {2}http:\S+\nEditor {5}http:\S+\n\n.+\n.+$/) // no warning, no error
    })
  }
  it('has no node in any example that the editor calls not properly configured', async function () {
    if (process.platform !== 'linux') return this.skip() // the browser is one for Linux
    const nodes = exampleFiles.flatMap(readExample)
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify([...new Map(nodes.map(node => [node.id, node])).values()]))
    const port = await freePort()
    start(port, await freePort())
    await started()
    const { page, close } = await openEditor(`http://127.0.0.1:${port}`)
    const checked = await page.evaluate<{ id: string; valid: boolean }[]>(`(() => {
      const nodes = []
      RED.nodes.eachNode(node => nodes.push(node))
      RED.nodes.eachConfig(node => nodes.push(node))
      return nodes.map(({ id, valid, validationErrors }) => ({ id, valid, validationErrors }))
    })()`)
    await close()
    const isDrawn = ({ type }: ExampleNode): boolean => type !== 'tab' && type !== 'global-config'
    const known = new Set(checked.map(({ id }) => id))
    assert.deepEqual(nodes.filter(node => isDrawn(node) && !known.has(node.id)), [])
    assert.deepEqual(checked.filter(({ valid }) => !valid), [])
  })
  it('ends when the shell that npm has put before it is gone', async () => {
    start(await freePort(), await freePort(), 'sh', ['-c', `'${node}' "$0" "$@"; true`])
    await started()
    child.kill('SIGTERM')
    await ended() // all that wrote to its output is gone
  })
  for (const variable of ['PORT', 'MQTT_PORT']) {
    it(`says in one line that ${variable} is busy`, async () => {
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      const { port: busy } = other.address() as { port: number }
      const free = await freePort()
      start(variable === 'PORT' ? busy : free, variable === 'PORT' ? free : busy)
      assert.equal(await ended(), 1)
      assert.match(out, new RegExp(`^Port ${busy} is busy: .*${variable}=.*\n$`))
      other.close()
    })
  }
})
