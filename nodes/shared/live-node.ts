import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red'
import type { RawConfig } from '#engine/config/fields'
import { usualMaxHeld } from '#engine/config/limits'
import type { Settings } from '#engine/config/settings'
import type { Message, Timestamp } from '#engine/record'
import { toError } from '#engine/errors'
import { specs } from '#engine/operators/index'
import type { Warning } from '#engine/stage/ports'
import { Stage } from '#engine/stage/stage'
import { roughDuration } from '#engine/time/duration'
import { Announcer } from './announcer'
import { prepareJsonata } from './jsonata'
import { LateRecords } from './late-records'
import { isInFlows } from './in-flows'
import { enter, leave, type StreamNode } from './network'
import { storeName, tellStoreOnce } from './context-storage'
import { OncePerTurn } from './once-per-turn'
import { settingsOf } from './settings'
import { StateKeeper } from './state-keeper'
import { stateStore } from './state-store'
import type { NodeStatus, Shown } from './status'
import { turnClock } from './turn-clock'
import { Waker } from './waker'
import { words } from './words'

/** Messages that wait for an expression, or for the state to be read. */
const maxQueued = 10_000

/** A stream node that runs in Node-RED: a stage with its outputs, its status, its clock and its neighbours. */
export class LiveNode implements StreamNode, Shown {
  readonly stage: Stage
  private readonly late: LateRecords
  private readonly announcer = new Announcer(this)
  private readonly waker = new Waker(() => this.tick())
  /** Status and clock need not be set for each of many messages. */
  private readonly behind = new OncePerTurn(() => this.refresh())
  private readonly keeper: StateKeeper | undefined
  private isStarted = false
  /** A message is handled, or what time brings. */
  private isBusy = false
  /** The last snapshot is taken: nothing must change any more. */
  private isClosed = false

  /** @throws ConfigError where the configuration is wrong */
  constructor(
    private readonly RED: NodeAPI,
    readonly node: Node,
    slug: string,
    config: NodeDef & { settings?: string },
    private readonly status: NodeStatus
  ) {
    const settings = settingsOf(RED, config.settings)
    this.late = new LateRecords(RED, node)
    const { nodeMessageBufferMaxLength } = RED.settings as { nodeMessageBufferMaxLength?: number }
    this.stage = new Stage(specs[slug], config as unknown as RawConfig, {
      id: node.id,
      name: node.name || node.id,
      settings,
      prepareJsonata: text => prepareJsonata(RED, node, text),
      clock: turnClock,
      isLive: true,
      maxHeld: nodeMessageBufferMaxLength || usualMaxHeld,
      maxQueued,
      send: (port, message) => this.send(port, message),
      advance: (port, watermark) => this.announcer.advance(port, watermark),
      warn: warning => this.warn(warning),
      failed: error => this.tell(error),
      forgot: key => this.forgot(key)
    })
    this.keeper = this.keeperFor(settings)
    enter(RED, this)
  }

  private keeperFor({ store, checkpoint }: Settings): StateKeeper | undefined {
    const { RED, node, stage } = this
    const name = storeName(RED, store)
    if (name === undefined) {
      // nothing is kept, also of what was kept before in the usual store
      void stateStore(RED, node, storeName(RED, '') as string)
        .remove()
        .catch(() => undefined)
      return undefined
    }
    tellStoreOnce(RED, name)
    const keeper = new StateKeeper(RED, node, stage, stateStore(RED, node, name), checkpoint)
    const restored = keeper.restore()
    stage.waitFor(restored)
    void restored.then(() => this.stage.settled).then(() => this.begin())
    return keeper
  }

  /** The state is there, and what came meanwhile was handled: now comes what fell due. */
  private begin(): void {
    if (this.isStarted) this.tick()
  }

  private send(port: 0 | 1, message: Message): void {
    if (port === 1 && this.stage.setsAsideLate) this.late.see(message)
    try {
      // Node-RED has a shorter way for a message than for a list of them
      this.node.send((port === 0 ? message : [null, message]) as NodeMessage)
    } catch (error) {
      // it cannot be copied for a second wire; what else is to be sent is not to blame
      this.tell(toError(error))
    }
  }

  /** Says what went wrong, without the message: whoever is told gets a copy of that, which may be what failed. */
  private tell(error: Error): void {
    this.status.handled(error)
    this.node.error(error.message)
  }

  private forgot(key: string | undefined): void {
    if (key === undefined) this.announcer.restart()
    this.keeper?.forgot()
  }

  private warn(warning: Warning): void {
    const values = Object.fromEntries(
      Object.entries(warning).map(([name, value]) => [name, name === 'by' ? roughDuration(Number(value)) : value])
    )
    this.node.warn(words(this.RED, `warning.${warning.kind}`, values))
  }

  /** One message: `done` is called once, when it was handled or refused. */
  receive(message: Message, done: (error?: Error) => void): void {
    // as Node-RED has it: what reaches a node that has closed is not done
    if (this.isClosed) return
    // one that comes back while another is handled, where the wires of this Node-RED do not wait for the next turn
    if (this.isBusy) return void setImmediate(() => this.receive(message, done))
    this.isBusy = true
    const outcome = this.stage.receive(message)
    this.isBusy = false
    if (outcome === undefined || outcome instanceof Error) this.finish(outcome, done)
    else void outcome.then(error => this.finish(error, done))
  }

  private finish(error: Error | undefined, done: (error?: Error) => void): void {
    this.status.handled(error)
    this.behind.ask()
    try {
      done(error)
    } catch (problem) {
      this.tell(toError(problem))
    }
  }

  /** What comes back meanwhile waits for its turn. */
  private undisturbed(work: () => void): void {
    this.isBusy = true
    work()
    this.isBusy = false
  }

  private tick(): void {
    this.undisturbed(() => this.stage.tick())
    this.refresh()
  }

  private refresh(): void {
    this.status.touch()
    if (!this.stage.isWaiting) this.waker.set(this.stage.wakeAt())
  }

  /** A stream node upstream has come to `watermark` without a message. */
  observe(source: string, watermark: Timestamp): void {
    this.undisturbed(() => this.stage.observe(source, watermark))
    this.refresh()
  }

  /** The stream nodes that feed this one, as the wires show. */
  expect(upstream: readonly string[]): void {
    this.isStarted = true
    this.undisturbed(() => this.stage.expect(upstream))
    this.refresh()
  }

  /** Late records that nobody took. */
  get lateRecords(): number {
    return this.late.count
  }

  /** The node ends. Its state is kept, unless the node is no longer part of the flows. */
  async close(): Promise<void> {
    leave(this)
    this.announcer.stop()
    this.waker.stop()
    this.status.stop()
    const end = async (): Promise<void> => {
      await this.stage.settled
      this.isClosed = true
      this.behind.stop()
      this.waker.stop()
    }
    await (this.keeper ? this.keeper.close(!isInFlows(this.RED, this.node.id), end) : end())
  }
}
