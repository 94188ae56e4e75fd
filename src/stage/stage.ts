import { type ConfigOf, type RawConfig, readConfig } from '../config/fields'
import { commonFields, keyFields } from '../config/settings'
import { toError } from '../errors'
import { type Expression, ExpressionCompiler } from '../expression/compiler'
import type { Holdings, Operator } from '../operator'
import type { NodeSpec } from '../operators/spec'
import type { Message, Timestamp } from '../record'
import { BatchErrors, elementsOf } from './batch'
import { BatchEmitter } from './batch-emitter'
import { controlOf, isControl } from './controls'
import { OperatorDriver } from './driver'
import { Emitter, heldBack } from './emitter'
import { identityOf } from './identity'
import { OrderedQueue } from './ordered-queue'
import { markingPartial } from './partial'
import { type StagePorts, warningOnce } from './ports'
import { TimeSource } from './time-source'

/** What went wrong with a message; `undefined`: nothing, it was handled. A promise where it has to wait. */
export type Outcome = Error | undefined | Promise<Error | undefined>

/** One stream node without Node-RED: messages in, an operator, messages out. */
export class Stage {
  private readonly common: ConfigOf<typeof commonFields>
  private readonly compiler: ExpressionCompiler
  private readonly operator: Operator
  private readonly isKeyedByTopic: boolean
  private readonly queue: OrderedQueue
  private readonly time: TimeSource
  private readonly driver: OperatorDriver

  /** @throws ConfigError where the configuration is wrong */
  constructor(
    private readonly spec: NodeSpec,
    private readonly config: RawConfig,
    private readonly ports: StagePorts
  ) {
    const { settings, id, clock, isLive } = ports
    this.common = readConfig(commonFields, config)
    this.compiler = new ExpressionCompiler(ports.prepareJsonata)
    const { key, keyType } = readConfig(keyFields, config)
    const hasKey = !spec.findsKeys && keyType !== 'none'
    this.isKeyedByTopic = hasKey && keyType === 'msg' && key === 'topic'
    const keyOf = hasKey ? this.compiler.getter(key, keyType, 'key') : undefined
    const declared =
      settings.timeType === 'msg' || settings.timeType === 'jsonata'
        ? this.compiler.getter(settings.time, settings.timeType, 'time')
        : undefined
    const warn = warningOnce(ports)
    this.time = new TimeSource(ports, declared, warn)
    this.operator = spec.create(config, {
      compiler: this.compiler,
      name: ports.name,
      isKeyed: keyType !== 'none',
      timezone: settings.timezone ?? 'UTC',
      limits: { maxKeys: settings.maxKeys, keyTtl: settings.keyTtl, maxHeld: ports.maxHeld }
    })
    const outputs =
      spec.makesMessages && isLive
        ? markingPartial(ports, { upSince: clock.now(), isArrival: () => this.time.isArrival })
        : ports
    const progress = { isArrival: false, before: -Infinity, watermark: -Infinity }
    const { lag = 0 } = this.operator
    const told = lag === 0 ? progress : heldBack(progress, lag)
    this.driver = new OperatorDriver({
      operator: this.operator,
      progress,
      output: this.common.batch ? new BatchEmitter(id, told, spec, outputs) : new Emitter(id, told, outputs),
      time: this.time,
      keyOf,
      takesUpdates: spec.takesUpdates,
      clock: isLive ? clock : undefined,
      warn
    })
    this.queue = new OrderedQueue(ports.maxQueued)
  }

  /** The expressions of the node, and which of them have to be waited for. */
  get expressions(): readonly Expression[] {
    return this.compiler.expressions
  }

  /** How many records were taken. */
  get records(): number {
    return this.driver.records
  }

  /** Grows with each change of the state. */
  get revision(): number {
    return this.driver.revision
  }

  /** Handles one message, in the order of the calls. */
  receive(message: Message): Outcome {
    if (this.compiler.isAsync || !this.queue.isEmpty) return this.queue.run(() => this.handleLater(message))
    try {
      // a generator costs as much as most records: not for them
      if (this.common.batch || isControl(message)) for (const _ of this.handle(message)) continue
      else this.driver.take(message)
    } catch (error) {
      return toError(error)
    }
    return undefined
  }

  private async handleLater(message: Message): Promise<Error | undefined> {
    try {
      for (const record of this.handle(message)) await this.compiler.prepare(record)
    } catch (error) {
      return toError(error)
    }
    return undefined
  }

  /** Handles one message; gives each record of it before it takes it, in case its expressions have to be waited for. */
  private *handle(message: Message): Generator<Message, void, void> {
    if (isControl(message)) this.control(message)
    else if (this.common.batch) yield* this.handleBatch(message)
    else {
      yield message
      this.driver.take(message)
    }
  }

  private *handleBatch(message: Message): Generator<Message, void, void> {
    const errors = new BatchErrors()
    const elements = elementsOf(message)
    this.driver.begin()
    for (const [i, element] of elements.entries()) {
      yield element
      errors.try(() => this.driver.take(element, i))
    }
    this.driver.close(message)
    errors.throwAny(message)
  }

  /** A stream node upstream has come to `watermark` without a record. */
  observe(source: string, watermark: Timestamp): void {
    this.inTurn(() => {
      this.time.observe(source, watermark)
      if (this.time.isTold) this.driver.catchUp()
    })
  }

  /** The stream nodes that feed this one are these: others are not waited for. */
  expect(upstream: readonly string[]): void {
    this.inTurn(() => {
      this.time.expect(upstream)
      if (this.time.isTold) this.driver.catchUp()
    })
  }

  /** The wall clock has moved: windows of arrival time close, silent sources are left out, timeouts end. */
  tick(): void {
    this.inTurn(() => this.driver.tick())
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
    const byTime = this.time.known.reaches(this.operator.due())
    return Math.min(byTime, this.operator.wakeAt?.() ?? Infinity)
  }

  private control(message: Message): void {
    const { isKeyedByTopic, ports } = this
    const { payload: _, ...rest } = message
    const control = controlOf(message, { isKeyedByTopic, timezone: ports.settings.timezone })
    switch (control.kind) {
      case 'reset':
        this.reset(control.key)
        ports.forgot?.()
        break
      case 'flush':
        this.flush()
        ports.forgot?.()
        break
      case 'watermark':
        this.time.known.raise(control.watermark)
        this.driver.catchUp()
    }
    ports.send(0, rest)
  }

  /** The stream has ended: emits what is held, and is as new. */
  flush(): void {
    this.driver.flush()
  }

  /** Forgets everything, and the stage is as new; or all there is of one key. */
  reset(key?: string): void {
    this.driver.reset(key)
  }

  /** Does output 2 carry what came too late? */
  get setsAsideLate(): boolean {
    return this.spec.setsAsideLate ?? false
  }

  holdings(): Holdings {
    return this.operator.holdings()
  }

  /** The source that the watermark waits for, where several feed the node. */
  waitsFor(): string | undefined {
    return this.time.waitsFor()
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
    return this.driver.snapshot()
  }

  /** Goes on from a snapshot of a stage with the same configuration. */
  restore(snapshot: unknown): void {
    this.driver.restore(snapshot)
  }
}
