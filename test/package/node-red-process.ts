import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const name = 'node-red-contrib-stream-analytics'

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
      .on('error', fail)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number }
        server.close(() => done(port))
      })
  })
}

/** A real Node-RED in a directory of its own. */
export class NodeRed {
  log = ''
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly userDir: string
  ) {
    child.stdout?.on('data', (text: Buffer) => (this.log += text.toString()))
    child.stderr?.on('data', (text: Buffer) => (this.log += text.toString()))
  }

  /** Starts `runtime` (a folder of node_modules) on the binary `node` and waits until its flows run. */
  static async start(runtime: string, node: string, flow: unknown): Promise<NodeRed> {
    const userDir = mkdtempSync(join(tmpdir(), 'stream-analytics-'))
    const port = await freePort()
    mkdirSync(join(userDir, 'node_modules'))
    symlinkSync(resolve('.'), join(userDir, 'node_modules', name))
    writeFileSync(
      join(userDir, 'package.json'),
      JSON.stringify({ name: 'user', private: true, dependencies: { [name]: '*' } })
    )
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow))
    writeFileSync(
      join(userDir, 'settings.js'),
      `module.exports = { flowFile: 'flows.json', uiHost: '127.0.0.1', uiPort: ${port},
      telemetry: { enabled: false }, editorTheme: { tours: false }, logging: { console: { level: 'info' } } }`
    )
    const script = resolve('node_modules', runtime, 'red.js')
    const child = spawn(node, [script, '--userDir', userDir, '--settings', join(userDir, 'settings.js')], {
      stdio: ['ignore', 'pipe', 'pipe']
    })
    const started = new NodeRed(`http://127.0.0.1:${port}`, child, userDir)
    for (let i = 0; i < 300 && !started.log.includes('Started flows'); i++) {
      if (child.exitCode !== null) break
      await new Promise(done => setTimeout(done, 100))
    }
    if (!started.log.includes('Started flows')) throw new Error(`Node-RED did not start: ${started.log}`)
    return started
  }

  async get(path: string): Promise<string> {
    return (
      await fetch(this.url + path, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(5000) })
    ).text()
  }

  async stop(): Promise<void> {
    const ended = new Promise(done => this.child.once('exit', done))
    if (this.child.exitCode === null) {
      this.child.kill('SIGTERM')
      await ended
    }
    rmSync(this.userDir, { recursive: true, force: true })
  }
}
