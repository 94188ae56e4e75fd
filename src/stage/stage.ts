import { type ConfigOf, type RawConfig, readConfig } from '../config/fields'
import { commonFields, keyFields } from '../config/settings'
import { BoundError, RecordError, toError } from '../errors'
import { type Expression, ExpressionCompiler } from '../expression/compiler'
import type { Getter } from '../expression/property'
import type { Holdings, Operator, Output } from '../operator'
import type { NodeSpec } from '../operators/spec'
import { finite, type Message, type Timestamp, toKey } from '../record'
import { toTimestamp } from '../time/timestamp'
import { BatchEmitter } from './batch-emitter'
import { BatchErrors } from './batch-errors'
import { isControl, isFlush, isReset } from './controls'
import { Emitter, type EmitterPorts, type Port } from './emitter'
import { OrderedQueue } from './ordered-queue'
import type { StagePorts, Warning } from './ports'
import { TimeSource } from './time-source'
import type { Timing } from './timing'

/** What went wrong with a message; `undefined`: nothing, it was handled. A promise where an expression is waited for. */
export type Outcome = Error | undefined | Promise<Error | undefined>

/** Records without any key after which the user is told. */
const manyRecords = 100

/** One stream node without Node-RED: messages in, an operator, messages out. */
export class Stage {
  /** How many records were taken. */
  records = 0
  /** Grows with each change of the state. */
  revision = 0
  private keyless = 0
  private readonly common: ConfigOf<typeof commonFields>
  private readonly compiler: ExpressionCompiler
  private readonly operator: Operator
  private readonly isKeyedByTopic: boolean
  private readonly keyOf: Getter | undefined
  private readonly emitter: Emitter
  private readonly batch: BatchEmitter | undefined
  private readonly output: Output
  private readonly queue: OrderedQueue
  private readonly time: TimeSource
  private watermark: Timestamp = -Infinity
  private readonly told = new Set<Warning['kind']>()
  /** In arrival time, when the node began to see records: a window that began before is partial. */
  private readonly upSince: Timestamp

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
    this.keyOf = hasKey ? this.compiler.getter(key, keyType, 'key') : undefined
    const declared =
      settings.timeType === 'msg' || settings.timeType === 'jsonata'
        ? this.compiler.getter(settings.time, settings.timeType, 'time')
        : undefined
    this.time = new TimeSource(ports, declared, warning => this.warnOnce(warning))
    this.operator = spec.create(config, {
      compiler: this.compiler,
      name: ports.name,
      isKeyed: keyType !== 'none',
      timezone: settings.timezone ?? 'UTC',
      limits: { maxKeys: settings.maxKeys, keyTtl: settings.keyTtl, maxHeld: ports.maxHeld }
    })
    const outputs: EmitterPorts = spec.makesMessages
      ? {
          send: (port, message) => this.send(port, message),
          advance: (port, watermark) => ports.advance(port, watermark)
        }
      : ports
    this.emitter = new Emitter(id, outputs)
    if (this.common.batch) this.batch = new BatchEmitter(id, spec, outputs)
    this.output = this.batch ?? this.emitter
    this.queue = new OrderedQueue(ports.maxQueued)
    this.upSince = isLive ? clock.now() : -Infinity
  }

  /** The expressions of the node, and which of them have to be waited for. */
  get expressions(): readonly Expression[] {
    return this.compiler.expressions
  }

  private warnOnce(warning: Warning): void {
    if (this.told.has(warning.kind)) return
    this.told.add(warning.kind)
    this.ports.warn(warning)
  }

  private send(port: Port, message: Message): void {
    const { window } = message as { window?: { start: Timestamp; partial?: true } }
    if (this.time.isArrival && port === 0 && window && window.start < this.upSince) window.partial = true
    this.ports.send(port, message)
  }

  /** Handles one message, in the order of the calls. */
  receive(message: Message): Outcome {
    if (this.compiler.isAsync) return this.queue.run(() => this.handleLater(message))
    try {
      if (isControl(message)) this.control(message)
      else if (this.batch === undefined) this.record(message)
      else {
        const errors = new BatchErrors()
        for (const [i, element] of this.elements(message).entries()) errors.try(() => this.element(element, i))
        this.endBatch(message, errors)
      }
    } catch (error) {
      return toError(error)
    }
    return undefined
  }

  private async handleLater(message: Message): Promise<Error | undefined> {
    try {
      if (isControl(message)) this.control(message)
      else if (this.batch === undefined) {
        await this.compiler.prepare(message)
        this.record(message)
      } else {
        const errors = new BatchErrors()
        for (const [i, element] of this.elements(message).entries()) {
          await this.compiler.prepare(element)
          errors.try(() => this.element(element, i))
        }
        this.endBatch(message, errors)
      }
    } catch (error) {
      return toError(error)
    }
    return undefined
  }

  /** The elements of a batch, each as this message with the element as payload. */
  private elements(message: Message): Message[] {
    const { payload } = message
    if (!Array.isArray(payload)) throw new RecordError('payload', 'must be an array (batch)', payload)
    this.batchBefore = this.watermark
    return (payload as unknown[]).map(element => ({ ...message, payload: element }))
  }

  /** The watermark before the batch that is being handled. */
  private batchBefore: Timestamp = -Infinity

  private endBatch(message: Message, errors: BatchErrors): void {
    if (this.time.timing?.kind === 'header') this.accept(this.time.timing)
    this.endStep(message)
    errors.throwAny(message)
  }

  /** One record: what it tells of time before it, the record, what it tells of time after it. */
  private record(message: Message): void {
    const timing = this.time.for(message)
    const time = timing.read(message)
    this.advance(timing.before())
    this.emitter.begin(timing.kind === 'arrival', this.watermark)
    try {
      this.process(message, time)
    } catch (error) {
      // refused at a bound: its time still counts, or nothing would ever drain
      if (error instanceof BoundError) this.accept(timing)
      this.emitter.end(this.watermark)
      throw error
    }
    this.accept(timing)
    this.emitter.end(this.watermark)
  }

  private element(message: Message, index: number): void {
    const timing = this.time.for(message)
    const time = timing.read(message, index)
    this.advance(timing.before())
    try {
      this.process(message, time)
    } catch (error) {
      if (error instanceof BoundError && timing.kind === 'declared') this.accept(timing)
      throw error
    }
    // a header tells the watermark after the whole batch
    if (timing.kind === 'declared') this.accept(timing)
  }

  private process(value: Message, time: Timestamp): void {
    // results that are not final only tell the watermark
    if (!this.spec.takesUpdates && (value.window as { kind?: unknown } | undefined)?.kind !== undefined) return
    const key = this.keyOf === undefined ? null : toKey(this.keyOf(value))
    if (this.operator.onClock && this.ports.isLive) this.operator.onClock(this.ports.clock.now(), this.output)
    this.operator.process({ value, time, key }, this.output)
    this.records++
    this.revision++
    if (key === null && this.keyOf && ++this.keyless === manyRecords && this.records === manyRecords) {
      this.warnOnce({ kind: 'noKey', records: manyRecords })
    }
  }

  /** What the record that was read last tells of time takes effect, within its step. */
  private accept(timing: Timing): void {
    const watermark = timing.accept()
    if (watermark > this.watermark) this.operate(watermark)
  }

  private operate(watermark: Timestamp): void {
    this.revision++
    this.watermark = watermark
    this.operator.onWatermark(watermark, this.output)
  }

  /** The watermark advances by itself: a step of its own, or part of a batch. */
  private advance(watermark: Timestamp): void {
    if (!(watermark > this.watermark)) return
    this.emitter.begin(this.time.isArrival, this.watermark)
    this.operate(watermark)
    if (this.batch === undefined) this.emitter.end(watermark)
  }

  /** All that the step gave is sent. `from`: the batch that it was. */
  private endStep(from: Message = {}): void {
    if (this.batch) this.batch.end(this.time.isArrival, this.batchBefore, this.watermark, from)
    else this.emitter.end(this.watermark)
    this.batchBefore = this.watermark
  }

  /** A stream node upstream has come to `watermark` without a record. */
  observe(source: string, watermark: Timestamp): void {
    this.inTurn(() => {
      this.time.observe(source, watermark)
      this.advanceAsTold()
    })
  }

  /** The stream nodes that feed this one are these: others are not waited for. */
  expect(upstream: readonly string[]): void {
    this.inTurn(() => {
      this.time.expect(upstream)
      this.advanceAsTold()
    })
  }

  private advanceAsTold(): void {
    if (!this.time.isTold) return
    this.advance(this.time.known.current())
    this.endStep()
  }

  /** The wall clock has moved: windows of arrival time close, silent sources are left out, timeouts end. */
  tick(): void {
    this.inTurn(() => {
      this.advance(this.time.known.current())
      if (this.operator.onClock && this.ports.isLive) {
        this.revision++
        this.emitter.begin(this.time.isArrival, this.watermark)
        this.operator.onClock(this.ports.clock.now(), this.output)
      }
      this.endStep()
    })
  }

  /** Runs `work` now, or behind the messages whose expressions are waited for. */
  private inTurn(work: () => void): void {
    if (this.queue.isEmpty) return work()
    this.queue.follow(work)
  }

  /** When, by the wall clock, `tick` will have something to do; Infinity: never. */
  wakeAt(): Timestamp {
    const byTime = this.time.known.reaches(this.operator.due())
    return Math.min(byTime, this.operator.wakeAt?.() ?? Infinity)
  }

  private control(message: Message): void {
    const { payload: _, ...rest } = message
    if (isReset(message)) this.resetBy(message)
    else if (isFlush(message)) this.flush()
    else this.raise(toTimestamp(message.watermark, 'watermark', this.ports.settings.timezone))
    if (isReset(message) || isFlush(message)) this.ports.forgot?.()
    this.ports.send(0, rest)
  }

  private resetBy({ key, topic }: Message): void {
    const byTopic = this.isKeyedByTopic && typeof topic === 'string' && topic !== '' ? topic : null
    const only = toKey(key) ?? byTopic
    if (only === null) return this.restart()
    this.revision++
    this.operator.reset(only)
  }

  private raise(watermark: Timestamp): void {
    const timing = this.time.known
    timing.raise(watermark)
    this.advance(timing.current())
    this.endStep()
  }

  /** The stream has ended: emits what is held, and is as new. */
  flush(): void {
    this.emitter.begin(this.time.isArrival, this.watermark)
    this.operator.flush(this.output)
    this.endStep()
    this.restart()
  }

  /** Forgets everything: the stage is as new. */
  restart(): void {
    this.revision++
    this.operator.reset()
    this.emitter.restart()
    this.watermark = this.batchBefore = -Infinity
    this.time.restart()
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
    const { spec, ports, config } = this
    const { time, timeType, timezone } = ports.settings
    const own = [...spec.stateFields, 'key', 'keyType'].map(name => {
      const value = config[name] ?? spec.fields[name]?.default
      return typeof value === 'number' ? String(value) : value
    })
    return JSON.stringify([spec.type, own, time, timeType, timezone])
  }

  /** Resolves when no expression is waited for. */
  get settled(): Promise<unknown> {
    return this.queue.settled
  }

  /** The whole state; see `Operator.snapshot`. */
  snapshot(): unknown {
    return {
      watermark: finite(this.watermark),
      timing: this.time.snapshot(),
      operator: this.operator.snapshot()
    }
  }

  /** Goes on from a snapshot of a stage with the same configuration. */
  restore(snapshot: unknown): void {
    const { watermark, timing, operator } = snapshot as {
      watermark: Timestamp | null
      timing?: unknown
      operator: unknown
    }
    this.operator.restore(operator)
    this.watermark = this.batchBefore = watermark ?? -Infinity
    this.time.restore(timing, watermark)
  }
}
