import type { Output } from '../operator'
import type { Key, Message, Timestamp } from '../record'
import { arrivalHeader, eventHeader, isFree } from './header'

/** What an operator emits goes out of an output: 0 results, 1 what is set aside. */
export type Port = 0 | 1

export interface EmitterPorts {
  send(port: Port, message: Message): void
  /** Tells the stream nodes behind an output that the watermark advanced without a record. */
  advance(port: Port, watermark: Timestamp): void
}

/** The outputs of a stream node: they are told when the steps begin and end in which an operator emits. */
export interface StepOutput extends Output {
  /** A record is about to be handled, or the watermark to advance, while `before` is in force. */
  begin(isArrival: boolean, before: Timestamp): void
  /** The step has come to `watermark`. */
  end(watermark: Timestamp): void
  /** So have all steps of what came at once; `batch`: where that was one. */
  close(watermark: Timestamp, batch?: Message): void
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
    private readonly ports: EmitterPorts
  ) {}

  /** In arrival time the header tells no watermark: nothing is held back. */
  send(message: Message, time: Timestamp, key: Key): void {
    if (isFree(message)) message.stream = arrivalHeader(this.source, time, key)
    this.ports.send(this.port, message)
  }

  put(message: Message, time: Timestamp, key: Key, before: Timestamp): void {
    this.release(before, before)
    this.message = message
    this.time = time
    this.key = key
  }

  /** Does it hold back a result? */
  get holds(): boolean {
    return this.message !== undefined
  }

  /** Sends what is held back, if there is any. */
  release(before: Timestamp, watermark: Timestamp): void {
    const { message, time, key, source } = this
    if (message === undefined) return
    this.message = undefined
    if (isFree(message)) message.stream = eventHeader(source, time, key, before, watermark)
    if (watermark > this.told) this.told = watermark
    this.ports.send(this.port, message)
  }

  /** The stream begins anew, and with it what the nodes behind are told. */
  reset(): void {
    this.told = -Infinity
  }

  /** Sees to it that the nodes behind know `watermark`, be there a result to tell it or not. */
  tell(watermark: Timestamp): void {
    if (watermark <= this.told) return
    this.told = watermark
    this.ports.advance(this.port, watermark)
  }
}

/** The two outputs of a stream node, message by message. */
export class Emitter implements StepOutput {
  private readonly results: OutputPort
  private readonly aside: OutputPort
  private isArrival = false
  private before: Timestamp = -Infinity

  constructor(source: string, ports: EmitterPorts) {
    this.results = new OutputPort(0, source, ports)
    this.aside = new OutputPort(1, source, ports)
  }

  begin(isArrival: boolean, before: Timestamp): void {
    this.isArrival = isArrival
    this.before = before
  }

  emit(message: Message, time: Timestamp, key: Key): void {
    if (this.isArrival) this.results.send(message, time, key)
    else this.results.put(message, time, key, this.before)
  }

  divert(message: Message, time: Timestamp, key: Key): void {
    if (this.isArrival) this.aside.send(message, time, key)
    else this.aside.put(message, time, key, this.before)
  }

  reset(): void {
    this.results.reset()
    this.aside.reset()
  }

  /** Both outputs may lead to one node: all that is held back goes out before it learns that the watermark advanced. */
  end(watermark: Timestamp): void {
    const { isArrival, results, aside, before } = this
    if (!isArrival) {
      aside.release(before, results.holds ? before : watermark)
      results.release(before, watermark)
      results.tell(watermark)
      aside.tell(watermark)
    }
    this.before = watermark
  }

  close(watermark: Timestamp): void {
    this.end(watermark)
  }
}
