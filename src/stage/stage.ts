import { type ConfigOf, type RawConfig, readConfig } from '../config/fields'
import { BoundError, RecordError } from '../errors'
import { ExpressionCompiler } from '../expression/compiler'
import type { PrepareJsonata } from '../expression/jsonata'
import type { Getter } from '../expression/property'
import type { Holdings, Operator } from '../operator'
import type { NodeSpec } from '../operators/spec'
import { type Message, type Timestamp, toKey } from '../record'
import type { Clock } from '../time/clock'
import { toTimestamp } from '../time/timestamp'
import { Emitter } from './emitter'
import { headerOf } from './header'
import { commonFields, keyFields, type Settings } from '../config/settings'
import { arrivalTiming, declaredTiming, headerTiming, type Timing } from './timing'

/** What a stage is given by its surroundings: Node-RED, or the flow runner. */
export interface StagePorts {
  id: string
  /** Stands for the topic of results that have no key. */
  name: string
  settings: Settings
  prepareJsonata: PrepareJsonata
  clock: Clock
  /** Is `clock` the wall clock, so that times can be ahead of it? */
  isLive: boolean
  /** Ids of the stream nodes that feed this one, as far as known. */
  upstream: readonly string[]
  maxHeld: number
  maxQueued: number
  /** Sends a message from an output (0 or 1). */
  send(port: number, message: Message): void
  /** Tells the stream nodes behind an output that the watermark advanced without a record. */
  advance(port: number, watermark: Timestamp): void
}

/** Told once for each message, when it was handled or refused. */
export type Done = (error?: Error) => void

const isControl = ({ reset, flush, watermark }: Message): boolean => isSet(reset) || isSet(flush) || isSet(watermark)
const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== false

/** One stream node without Node-RED: messages in, an operator, messages out. */
export class Stage {
  /** How many records were taken. */
  records = 0
  private readonly common: ConfigOf<typeof commonFields>
  private readonly compiler: ExpressionCompiler
  private readonly operator: Operator
  private readonly isKeyedByTopic: boolean
  private readonly keyOf: Getter | undefined
  private readonly emitter: Emitter
  private timing: Timing | undefined
  private watermark: Timestamp = -Infinity
  private queued = 0
  private tail: Promise<void> = Promise.resolve()
  private readonly timeOf: Getter | undefined

  /** @throws ConfigError where the configuration is wrong */
  constructor(
    private readonly spec: NodeSpec,
    config: RawConfig,
    private readonly ports: StagePorts
  ) {
    const { settings } = ports
    this.common = readConfig(commonFields, config)
    this.compiler = new ExpressionCompiler(ports.prepareJsonata)
    const { key, keyType } = readConfig(keyFields, config)
    this.isKeyedByTopic = keyType === 'msg' && key === 'topic'
    const hasKey = spec.type !== 'stream-join' && keyType !== 'none'
    this.keyOf = hasKey ? this.compiler.getter(key, keyType, 'key') : undefined
    if (settings.timeType === 'msg' || settings.timeType === 'jsonata') {
      this.timeOf = this.compiler.getter(settings.time, settings.timeType, 'time')
    }
    this.operator = spec.create(config, {
      compiler: this.compiler,
      name: ports.name,
      isKeyed: keyType !== 'none',
      timezone: settings.timezone ?? 'UTC',
      limits: { maxKeys: settings.maxKeys, keyTtl: settings.keyTtl, maxHeld: ports.maxHeld }
    })
    this.emitter = new Emitter(
      ports.id,
      this.common.batch ? spec.toRow : undefined,
      spec.makesMessages,
      ports.send,
      ports.advance
    )
    if (this.timeOf !== undefined || settings.timeType === 'arrival') this.timing = this.decide({})
  }

  private decide(message: Message): Timing {
    const { settings, clock, isLive, upstream } = this.ports
    if (this.timeOf !== undefined) {
      return declaredTiming(this.timeOf, settings.time, {
        outOfOrderness: settings.outOfOrderness ?? 0,
        timezone: settings.timezone ?? 'UTC',
        maxAhead: isLive ? settings.maxAhead : undefined,
        clock
      })
    }
    const header = settings.timeType === 'arrival' ? undefined : headerOf(message)
    if (header === undefined || header.clock === 'arrival') return arrivalTiming(clock, header === undefined)
    return headerTiming(upstream)
  }

  /** Handles one message, in the order of the calls. Returns a promise only where an expression has to be waited for. */
  receive(message: Message, done: Done): void | Promise<void> {
    if (!this.compiler.isAsync) {
      done(this.attempt(() => this.handle(message)))
      return
    }
    if (this.queued >= this.ports.maxQueued) {
      done(
        new BoundError(
          'expression',
          `allows ${this.ports.maxQueued} waiting messages; one more was refused`,
          this.queued
        )
      )
      return
    }
    this.queued++
    this.tail = this.tail
      .then(() => this.handleLater(message))
      .then(error => {
        this.queued--
        done(error)
      })
    return this.tail
  }

  private attempt(work: () => void): Error | undefined {
    try {
      work()
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
    return undefined
  }

  private handle(message: Message): void {
    if (isControl(message)) return this.control(message)
    const elements = this.elements(message)
    if (elements === undefined) return this.step(message)
    const errors: Error[] = []
    elements.forEach((element, i) =>
      collect(
        errors,
        this.attempt(() => this.element(element, i))
      )
    )
    this.endBatch(message, errors, elements.length)
  }

  private async handleLater(message: Message): Promise<Error | undefined> {
    if (isControl(message)) return this.attempt(() => this.control(message))
    let elements: Message[] | undefined
    const error = this.attempt(() => (elements = this.elements(message)))
    if (error) return error
    if (elements === undefined) {
      await this.compiler.prepare(message)
      return this.attempt(() => this.step(message))
    }
    const errors: Error[] = []
    for (const [i, element] of elements.entries()) {
      await this.compiler.prepare(element)
      collect(
        errors,
        this.attempt(() => this.element(element, i))
      )
    }
    const { length } = elements
    return this.attempt(() => this.endBatch(message, errors, length))
  }

  /** The elements of a batch, each as this message with the element as payload. */
  private elements(message: Message): Message[] | undefined {
    if (!this.common.batch) return undefined
    if (!Array.isArray(message.payload)) throw new RecordError('payload', 'must be an array (batch)', message.payload)
    return (message.payload as unknown[]).map(payload => ({ ...message, payload }))
  }

  private endBatch(message: Message, errors: readonly Error[], of: number): void {
    this.emitter.endBatch(message)
    if (errors.length > 0)
      throw new RecordError(
        'payload',
        `has ${errors.length} bad of ${of} elements, the first: ${errors[0].message}; payload`,
        message.payload
      )
  }

  /** One record: what it tells of time before it, the record, what it tells of time after it. */
  private step(message: Message): void {
    this.element(message, undefined)
    this.emitter.end(this.watermark)
  }

  private element(message: Message, index: number | undefined): void {
    this.timing ??= this.decide(message)
    const { timing } = this
    let time = timing.read(message, index)
    if (timing.isArrival) this.advance(timing.current())
    else this.advance(timing.before())
    if (timing.isArrival && time <= this.watermark) time = this.watermark + 1
    const isUpdate = !this.spec.takesUpdates && (message.window as { kind?: unknown } | undefined)?.kind !== undefined
    try {
      if (!isUpdate) {
        const key = this.keyOf ? toKey(this.keyOf(message)) : null
        this.emitter.begin(timing.isArrival, this.watermark)
        this.operator.process({ value: message, time, key }, this.emitter)
        this.records++
      }
    } catch (error) {
      this.emitter.end(this.watermark)
      if (!(error instanceof BoundError)) throw error
      this.advance(timing.accept())
      throw error
    }
    const after = timing.accept()
    if (after > this.watermark) this.operate(after)
  }

  /** The watermark advances by itself: a step of its own. */
  private advance(watermark: Timestamp): void {
    if (!(watermark > this.watermark)) return
    this.emitter.begin(this.timing?.isArrival ?? false, this.watermark)
    this.operate(watermark)
    if (!this.common.batch) this.emitter.end(watermark)
  }

  private operate(watermark: Timestamp): void {
    this.watermark = watermark
    this.operator.onWatermark(watermark, this.emitter)
  }

  /** A stream node upstream has come to `watermark` without a record. */
  observe(source: string, watermark: Timestamp): void {
    if (this.timeOf !== undefined || this.timing?.isArrival) return
    this.timing ??= headerTiming(this.ports.upstream)
    this.timing.observe(source, watermark)
    this.advance(this.timing.current())
  }

  /** The clock has moved: windows of arrival time may close. */
  tick(): void {
    if (!this.timing?.isArrival) return
    this.advance(this.timing.current())
    if (this.common.batch) this.emitter.endBatch()
  }

  /** When, by the clock, `tick` will have something to do; Infinity: never. */
  wakeAt(): Timestamp {
    return this.timing?.isArrival ? this.operator.due() + this.timing.delay : Infinity
  }

  private control(message: Message): void {
    const { payload: _, ...rest } = message
    if (isSet(message.reset)) {
      const byTopic =
        this.isKeyedByTopic && typeof message.topic === 'string' && message.topic !== '' ? message.topic : undefined
      const key = message.key ?? byTopic
      if (key === undefined || key === null) this.reset()
      else this.operator.reset(toKey(key))
    } else if (isSet(message.flush)) {
      this.flush()
    } else {
      const watermark = toTimestamp(message.watermark, 'watermark', this.ports.settings.timezone)
      this.timing ??= headerTiming(this.ports.upstream)
      this.timing.raise(watermark)
      this.advance(this.timing.current())
    }
    this.ports.send(0, rest)
  }

  /** The stream has ended: emits what is held, and is as new. */
  flush(): void {
    this.emitter.begin(this.timing?.isArrival ?? false, this.watermark)
    this.operator.flush(this.emitter)
    if (this.common.batch) this.emitter.endBatch()
    else this.emitter.end(this.watermark)
    this.reset()
  }

  private reset(): void {
    this.operator.reset()
    this.watermark = -Infinity
    this.timing = undefined
    if (this.timeOf !== undefined || this.ports.settings.timeType === 'arrival') this.timing = this.decide({})
  }

  holdings(): Holdings {
    return this.operator.holdings()
  }
}

function collect(errors: Error[], error: Error | undefined): void {
  if (error !== undefined) errors.push(error)
}
