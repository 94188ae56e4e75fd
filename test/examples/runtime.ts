import { resolve } from 'node:path'
import type { NodeInitializer } from 'node-red'
import type { ExampleNode } from './example-files'

export type Message = Record<string, unknown>

interface Helper {
  init(runtime: string): void
  load(types: NodeInitializer[], flow: readonly object[]): Promise<void>
  unload(): Promise<void>
  getNode(id: string): { receive(message: Message): void; on(event: 'input', take: (message: Message) => void): void }
}

// eslint-disable-next-line @typescript-eslint/no-require-imports
const load = (path: string): unknown => require(path)
const helper = load('node-red-node-test-helper') as Helper
helper.init(require.resolve('node-red'))

const slugs = ['settings', 'map', 'filter', 'count-window', 'time-window', 'join', 'stats', 'anomaly']
const types = [
  '@node-red/nodes/core/common/20-inject.js',
  '@node-red/nodes/core/common/90-comment.js',
  '@node-red/nodes/core/function/10-switch.js',
  '@node-red/nodes/core/sequence/17-split.js',
  ...slugs.map(slug => resolve(`dist/nodes/stream-${slug}.js`))
].map(path => load(path) as NodeInitializer)

/** A flow that runs in Node-RED's own runtime. */
export interface RunningExample {
  /** Presses the button of an inject node. */
  click(id: string): void
  /** Sends a message to a node. */
  send(id: string, message: Message): void
  /** The first `count` messages that reached a debug node, as soon as they are there. */
  shown(id: string, count: number): Promise<Message[]>
  stop(): Promise<void>
}

export async function run(nodes: readonly ExampleNode[]): Promise<RunningExample> {
  const debugs = nodes.filter(({ type }) => type === 'debug').map(({ id }) => id)
  const ofDebug = new Map(debugs.map(id => [id, { got: [] as Message[], onMessage: (): void => undefined }]))
  await helper.load(
    types,
    nodes.map(node => (node.type === 'debug' ? { ...node, type: 'helper' } : node))
  )
  for (const [id, debug] of ofDebug) {
    helper.getNode(id).on('input', message => {
      debug.got.push(message)
      debug.onMessage()
    })
  }
  return {
    click: id => helper.getNode(id).receive({}),
    send: (id, message) => helper.getNode(id).receive(message),
    shown: (id, count) =>
      new Promise(done => {
        const debug = ofDebug.get(id)
        if (debug === undefined) throw new Error(`no debug node ${id}`)
        debug.onMessage = () => {
          if (debug.got.length >= count) done(debug.got.slice(0, count))
        }
        debug.onMessage()
      }),
    async stop() {
      // as a user deletes the nodes, and with them what is kept of them
      await (helper as unknown as { setFlows(flows: unknown[]): Promise<void> }).setFlows([])
      await helper.unload()
    }
  }
}
