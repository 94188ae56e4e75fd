import type { Output } from '../operator'
import type { Key, Message, Timestamp } from '../record'
import { arrivalHeader, eventHeader, type Header, isFree } from './header'

/** What an operator emits goes out of an output: 0 results, 1 what is set aside. */
export type Port = 0 | 1

export interface EmitterPorts {
  send(port: Port, message: Message): void
  /** Tells the stream nodes behind an output that the watermark advanced without a record; absent: there are none. */
  advance?(port: Port, watermark: Timestamp): void
}

/**
 * How far a stream has come: its driver sets it, its outputs read it. It is shared, because V8 makes an object of each
 * number that is passed as an argument, once for each record.
 */
export interface Progress {
  isArrival: boolean
  /** The watermark when the step began. */
  before: Timestamp
  /** The watermark in force. */
  watermark: Timestamp
}

/** The same, as far as the nodes behind may know it where results lie up to `lag` ms behind the watermark. */
export function heldBack(progress: Progress, lag: number): Progress {
  return {
    get isArrival() {
      return progress.isArrival
    },
    get before() {
      return progress.before - lag
    },
    get watermark() {
      return progress.watermark - lag
    }
  }
}

/** The outputs of a stream node: they are told when the steps begin and end in which an operator emits. */
export interface StepOutput extends Output {
  /** A record is about to be handled, or the watermark to advance. */
  begin(): void
  /** The step has come to its watermark. */
  end(): void
  /** So have all steps of what came at once; `batch`: where that was one. */
  close(batch?: Message): void
  /** The stream begins anew: the watermark may be told from the start. */
  reset(): void
}

/**
 * Puts the header on what an operator emits. Of the results of one watermark step only the last carries the new
 * watermark, so one result of each output is held back until the next one or the end of the step is there.
 */
class OutputPort {
  private message: Message | undefined
  private time: Timestamp = NaN
  private key: Key = null
  private told: Timestamp = -Infinity

  constructor(
    private readonly port: Port,
    private readonly source: string,
    private readonly progress: Progress,
    private readonly ports: EmitterPorts
  ) {}

  put(message: Message, time: Timestamp, key: Key): void {
    if (this.progress.isArrival) return this.send(message, arrivalHeader(this.source, time, key))
    this.release(false)
    this.message = message
    this.time = time
    this.key = key
  }

  /** Does it hold back a result? */
  get holds(): boolean {
    return this.message !== undefined
  }

  /** Sends what is held back, if there is any; the last result of a step tells where the watermark has come to. */
  release(isLast: boolean): void {
    const { message, time, key, source } = this
    if (message === undefined) return
    const { before, watermark } = this.progress
    this.message = undefined
    const after = isLast ? watermark : before
    if (after > this.told) this.told = after
    this.send(message, eventHeader(source, time, key, before, after))
  }

  private send(message: Message, header: Header): void {
    if (isFree(message)) message.stream = header
    this.ports.send(this.port, message)
  }

  /** The stream begins anew, and with it what the nodes behind are told. */
  reset(): void {
    this.told = -Infinity
  }

  /** Makes sure that the nodes behind know the watermark, even if no result has told them. */
  tell(): void {
    const { watermark } = this.progress
    if (watermark <= this.told) return
    this.told = watermark
    this.ports.advance?.(this.port, watermark)
  }
}

/** The two outputs of a stream node, message by message. */
export class Emitter implements StepOutput {
  private readonly results: OutputPort
  private readonly aside: OutputPort

  constructor(
    source: string,
    private readonly progress: Progress,
    ports: EmitterPorts
  ) {
    this.results = new OutputPort(0, source, progress, ports)
    this.aside = new OutputPort(1, source, progress, ports)
  }

  begin(): void {
    // nothing is gathered: what a step emits goes out with it
  }

  emit(message: Message, time: Timestamp, key: Key): void {
    this.results.put(message, time, key)
  }

  divert(message: Message, time: Timestamp, key: Key): void {
    this.aside.put(message, time, key)
  }

  reset(): void {
    this.results.reset()
    this.aside.reset()
  }

  /** Both outputs may lead to one node: all that is held back goes out before it learns that the watermark advanced. */
  end(): void {
    const { results, aside } = this
    // in arrival time the header tells no watermark, and nothing was held back
    if (this.progress.isArrival) return
    aside.release(!results.holds)
    results.release(true)
    results.tell()
    aside.tell()
  }

  close(): void {
    this.end()
  }
}
