import type { RawConfig } from '../config/fields'
import { toError } from '../errors'
import type { Expression } from '../expression/compiler'
import type { Holdings } from '../operator'
import type { NodeSpec } from '../operators/spec'
import type { Message, Timestamp } from '../record'
import { assemble, type StageParts } from './assemble'
import { identityOf } from './identity'
import { MessageHandler } from './message-handler'
import { OrderedQueue } from './ordered-queue'
import type { StagePorts } from './ports'

/** What went wrong with a message; `undefined`: nothing, it was handled. A promise where it has to wait. */
export type Outcome = Error | undefined | Promise<Error | undefined>

/** One stream node without Node-RED: messages in, an operator, messages out. */
export class Stage {
  private readonly parts: StageParts
  private readonly messages: MessageHandler
  private readonly queue: OrderedQueue

  /** @throws ConfigError where the configuration is wrong */
  constructor(
    private readonly spec: NodeSpec,
    private readonly config: RawConfig,
    private readonly ports: StagePorts
  ) {
    this.parts = assemble(spec, config, ports)
    this.messages = new MessageHandler(this.parts, ports)
    this.queue = new OrderedQueue(ports.maxQueued)
  }

  /** The expressions of the node, and which of them have to be waited for. */
  get expressions(): readonly Expression[] {
    return this.parts.compiler.expressions
  }

  /** How many records were taken. */
  get records(): number {
    return this.parts.driver.records
  }

  /** Grows with each change of the state. */
  get revision(): number {
    return this.parts.driver.revision
  }

  /** Handles one message, in the order of the calls. */
  receive(message: Message): Outcome {
    const { parts, queue, messages } = this
    if (parts.compiler.isAsync || !queue.isEmpty) return queue.run(() => messages.handleWaiting(message))
    try {
      messages.handle(message)
    } catch (error) {
      return toError(error)
    }
    return undefined
  }

  /** A stream node upstream has come to `watermark` without a record. */
  observe(source: string, watermark: Timestamp): void {
    const { time, driver } = this.parts
    this.inTurn(() => {
      time.observe(source, watermark)
      if (time.isTold) driver.catchUp()
    })
  }

  /** The stream nodes that feed this one are these: others are not waited for. */
  expect(upstream: readonly string[]): void {
    const { time, driver } = this.parts
    this.inTurn(() => {
      time.expect(upstream)
      if (time.isTold) driver.catchUp()
    })
  }

  /** The wall clock has moved: windows of arrival time close, silent sources are left out, timeouts end. */
  tick(): void {
    this.inTurn(() => this.parts.driver.tick())
  }

  /** All that comes from now on is handled when `work` has ended. */
  waitFor(work: Promise<unknown>): void {
    this.queue.follow(() => work)
  }

  /** Is something waited for: an expression, or what `waitFor` was given? */
  get isWaiting(): boolean {
    return !this.queue.isEmpty
  }

  /** Runs `work` now, or behind the messages that wait; nobody waits to hear what went wrong. */
  private inTurn(work: () => void): void {
    const told = (): void => {
      try {
        work()
      } catch (error) {
        if (this.ports.failed === undefined) throw error
        this.ports.failed(toError(error))
      }
    }
    if (this.queue.isEmpty) told()
    else this.queue.follow(told)
  }

  /** When, by the wall clock, `tick` will have something to do; Infinity: never. */
  wakeAt(): Timestamp {
    const { time, operator } = this.parts
    return Math.min(time.known.reaches(operator.due()), operator.wakeAt?.() ?? Infinity)
  }

  /** The stream has ended: emits what is held, and is as new. */
  flush(): void {
    this.parts.driver.flush()
  }

  /** Forgets everything, and the stage is as new; or all there is of one key. */
  reset(key?: string): void {
    this.parts.driver.reset(key)
  }

  /** Does output 2 carry what came too late? */
  get setsAsideLate(): boolean {
    return this.spec.setsAsideLate ?? false
  }

  holdings(): Holdings {
    return this.parts.operator.holdings()
  }

  /** The source that the watermark waits for, where several feed the node. */
  waitsFor(): string | undefined {
    return this.parts.time.waitsFor()
  }

  /** What the state belongs to: as long as this stays the same, a snapshot can be gone on from. */
  get identity(): string {
    return identityOf(this.spec, this.config, this.ports.settings)
  }

  /** Resolves when nothing is waited for. */
  get settled(): Promise<unknown> {
    return this.queue.settled
  }

  /** The whole state; see `Operator.snapshot`. */
  snapshot(): unknown {
    return this.parts.driver.snapshot()
  }

  /** Goes on from a snapshot of a stage with the same configuration. */
  restore(snapshot: unknown): void {
    this.parts.driver.restore(snapshot)
  }
}
