import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import type { Message } from '#engine/record'
import { install, newFolder } from './packed'

/** A message at the probe node of this id, on its way between a test and its Node-RED. */
export interface Probed {
  at: string
  message: Message
}

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

/** Resolves or rejects with `promise`, but rejects after `ms` at the latest, with what `explain` says. */
async function within<T>(ms: number, promise: Promise<T>, explain: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => (timer = setTimeout(() => fail(new Error(explain())), ms)))
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The folder of a user who has installed the packed package, and a node for tests beside it. */
function prepareUserDir(flow: unknown, port: number): string {
  const userDir = newFolder()
  install(userDir)
  mkdirSync(join(userDir, 'nodes'))
  copyFileSync(resolve('build/test/package/probe.js'), join(userDir, 'nodes/probe.js'))
  writeFileSync(join(userDir, 'nodes/probe.html'), '')
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow))
  writeFileSync(
    join(userDir, 'settings.js'),
    `module.exports = { flowFile: 'flows.json', uiHost: '127.0.0.1', uiPort: ${port},
    telemetry: { enabled: false }, editorTheme: { tours: false }, logging: { console: { level: 'info' } } }`
  )
  return userDir
}

/** A real Node-RED in a folder of its own, with the packed package installed. */
export class NodeRed {
  log = ''
  private readonly arrived = new Map<string, Message[]>()
  private whenHeard: () => void = () => undefined

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly userDir: string
  ) {
    const listen = (text: Buffer): void => {
      this.log += text.toString()
      this.whenHeard()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.on('exit', () => this.whenHeard())
    child.on('message', ({ at, message }: Probed) => {
      this.queue(at).push(message)
      this.whenHeard()
    })
  }

  /** Starts `runtime` (a folder of node_modules) on the binary `node` and waits until its flows run. */
  static async start(runtime: string, node: string, flow: unknown): Promise<NodeRed> {
    const port = await freePort()
    const userDir = prepareUserDir(flow, port)
    const script = resolve('node_modules', runtime, 'red.js')
    const child = spawn(node, [script, '--userDir', userDir, '--settings', join(userDir, 'settings.js')], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc']
    })
    const red = new NodeRed(`http://127.0.0.1:${port}`, child, userDir)
    await red.until(() => red.log.includes('Started flows'), 60_000, 'Node-RED to start')
    return red
  }

  private queue(at: string): Message[] {
    const queue = this.arrived.get(at) ?? []
    this.arrived.set(at, queue)
    return queue
  }

  private async until(isSo: () => boolean, ms: number, what: string): Promise<void> {
    const wait = async (): Promise<void> => {
      while (!isSo()) {
        if (this.child.exitCode !== null) throw new Error(`Node-RED has ended: ${this.log}`)
        await new Promise<void>(done => (this.whenHeard = done))
      }
    }
    await within(ms, wait(), () => `waited ${ms} ms for ${what}: ${this.log}`)
  }

  /** Sends a message from the probe `at`. */
  send(at: string, ...messages: Message[]): void {
    for (const message of messages) this.child.send({ at, message } satisfies Probed)
  }

  /** The next `count` messages that arrive at the probe `at`. */
  async next(at: string, count = 1): Promise<Message[]> {
    const queue = this.queue(at)
    await this.until(() => queue.length >= count, 10_000, `${count} messages at ${at}, have ${JSON.stringify(queue)}`)
    return queue.splice(0, count)
  }

  /** What has arrived at the probe `at` and was not read yet. */
  rest(at: string): Message[] {
    return this.queue(at)
  }

  /** Reads an address of the editor's or the flows' server. */
  async get(path: string, accept = 'application/json'): Promise<{ status: number; text: string }> {
    const response = await fetch(this.url + path, { headers: { accept }, signal: AbortSignal.timeout(5000) })
    return { status: response.status, text: await response.text() }
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
