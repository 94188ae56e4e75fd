import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import type { Message } from '#engine/record'
import type { Load, Report } from './books'
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

/** The folder of a user who has installed the packed package, and nodes for tests beside it. */
function prepareUserDir(): string {
  const userDir = newFolder()
  install(userDir)
  mkdirSync(join(userDir, 'nodes'))
  for (const name of ['probe', 'ledger']) {
    copyFileSync(resolve(`build/test/package/${name}.js`), join(userDir, `nodes/${name}.js`))
    writeFileSync(join(userDir, `nodes/${name}.html`), '')
  }
  return userDir
}

function writeSettings(userDir: string, port: number, contextStorage: object | undefined): void {
  const settings = {
    flowFile: 'flows.json',
    uiHost: '127.0.0.1',
    uiPort: port,
    telemetry: { enabled: false },
    editorTheme: { tours: false },
    logging: { console: { level: 'info' } },
    ...(contextStorage && { contextStorage })
  }
  writeFileSync(join(userDir, 'settings.js'), `module.exports = ${JSON.stringify(settings)}`)
}

export type DeployType = 'full' | 'flows' | 'nodes'

/** Which Node-RED, on which Node, with which `contextStorage`, over which user's folder (a new one). */
export interface StartOptions {
  /** A folder of node_modules. */
  runtime: string
  /** The file of a binary. */
  node: string
  contextStorage?: object
  userDir?: string
  /** Options of the binary itself. */
  nodeOptions?: readonly string[]
}

/** What comes from the probes and from the ledger. */
type FromChild = Partial<Probed> & { report?: Report; started?: true }

/** A real Node-RED in a folder of its own, with the packed package installed. */
export class NodeRed {
  log = ''
  /** What the ledger told last. */
  report: Report = { books: {}, at: 0, next: 1 }
  /** All that it told of when, oldest first. */
  readonly reports: Report[] = []
  private starts = 0
  private readonly arrived = new Map<string, Message[]>()
  private whenHeard: () => void = () => undefined

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    readonly userDir: string
  ) {
    const listen = (text: Buffer): void => {
      this.log += text.toString()
      this.whenHeard()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.on('exit', () => this.whenHeard())
    child.on('message', ({ at, message, report, started }: FromChild) => {
      if (report) this.reports.push((this.report = report))
      if (started) this.starts++
      if (at !== undefined) this.queue(at).push(message as Message)
      this.whenHeard()
    })
  }

  /** Starts a Node-RED and waits until its flows run; `flow`: absent where the folder has one. */
  static async start(options: StartOptions, flow?: unknown): Promise<NodeRed> {
    const { runtime, node, contextStorage, userDir = prepareUserDir(), nodeOptions = [] } = options
    const port = await freePort()
    writeSettings(userDir, port, contextStorage)
    if (flow !== undefined) writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow))
    const script = resolve('node_modules', runtime, 'red.js')
    const args = [...nodeOptions, script, '--userDir', userDir, '--settings', join(userDir, 'settings.js')]
    const env = { ...process.env, LEDGER: join(userDir, 'ledger.json') }
    const child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    const red = new NodeRed(`http://127.0.0.1:${port}`, child, userDir)
    await red.until(() => red.starts > 0, 60_000, 'Node-RED to start')
    return red
  }

  private queue(at: string): Message[] {
    const queue = this.arrived.get(at) ?? []
    this.arrived.set(at, queue)
    return queue
  }

  /** Waits until something is so, that what is heard of Node-RED tells. */
  async until(isSo: () => boolean, ms: number, what: string): Promise<void> {
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

  /** Lets a source of the ledger send records. */
  load(load: Load): void {
    this.child.send({ load })
  }

  /** Deploys `flow` and waits until it runs. */
  async deploy(flow: unknown, type: DeployType): Promise<void> {
    const { starts } = this
    const response = await fetch(`${this.url}/flows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'Node-RED-Deployment-Type': type },
      body: JSON.stringify(flow)
    })
    if (!response.ok) throw new Error(`deploy: ${response.status} ${await response.text()}`)
    await this.until(() => this.starts > starts, 30_000, 'the deploy')
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

  /** Ends the process and leaves the folder; afterwards `report` is the last there is. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const ended = new Promise(done => this.child.once('exit', done))
    this.child.kill(signal)
    await ended
    if (signal === 'SIGTERM')
      this.report = JSON.parse(readFileSync(join(this.userDir, 'ledger.json'), 'utf8')) as Report
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM')
    rmSync(this.userDir, { recursive: true, force: true })
  }
}
