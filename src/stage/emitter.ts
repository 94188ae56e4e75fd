import type { Output } from '../operator'
import type { Key, Message, Timestamp } from '../record'
import { eventHeader, type Header } from './header'

interface Held {
  message: Message
  time: Timestamp
  key: Key
}

/**
 * Puts the header on what an operator emits. Of the results of one watermark step only the last carries the new
 * watermark, so one result is held back until the next one or the end of the step is there.
 */
export class Emitter implements Output {
  private readonly held: (Held | undefined)[] = [undefined, undefined]
  private readonly batches: Held[][] = [[], []]
  private isArrival = false
  private before: Timestamp = -Infinity
  private readonly told: Timestamp[] = [-Infinity, -Infinity]

  constructor(
    private readonly source: string,
    private readonly toRow: ((message: Message, key: Key) => unknown) | undefined,
    private readonly makesMessages: boolean,
    private readonly send: (port: number, message: Message) => void,
    private readonly advance: (port: number, watermark: Timestamp) => void
  ) {}

  /** A step begins while `before` is in force. */
  begin(isArrival: boolean, before: Timestamp): void {
    this.isArrival = isArrival
    this.before = before
  }

  emit(message: Message, time: Timestamp, key: Key): void {
    this.put(0, message, time, key)
  }

  divert(message: Message, time: Timestamp, key: Key): void {
    this.put(1, message, time, key)
  }

  private put(port: number, message: Message, time: Timestamp, key: Key): void {
    if (this.toRow !== undefined) {
      this.batches[port].push({ message, time, key })
      return
    }
    const held = this.held[port]
    this.held[port] = { message, time, key }
    if (held !== undefined) this.release(port, held, this.before)
  }

  private header(time: Timestamp, key: Key, watermark: Timestamp): Header {
    return this.isArrival
      ? { v: 1, source: this.source, clock: 'arrival', time, key }
      : eventHeader(this.source, time, key, this.before, watermark)
  }

  private release(port: number, { message, time, key }: Held, watermark: Timestamp): void {
    message.stream = this.header(time, key, watermark)
    if (watermark > this.told[port]) this.told[port] = watermark
    this.send(port, message)
  }

  /** The step has come to `watermark`: what was held back goes out with it, the other outputs are told. */
  end(watermark: Timestamp): void {
    for (let port = 0; port < 2; port++) {
      const held = this.held[port]
      this.held[port] = undefined
      if (held !== undefined) this.release(port, held, watermark)
      else if (!this.isArrival && watermark > this.told[port]) {
        this.told[port] = watermark
        this.advance(port, watermark)
      }
    }
    this.before = watermark
  }

  /** A batch has come to its end: one message with all results. */
  endBatch(message?: Message): void {
    for (let port = 0; port < 2; port++) {
      const rows = this.batches[port]
      if (rows.length === 0) continue
      this.batches[port] = []
      const last = rows[rows.length - 1]
      const payload = rows.map(row => this.toRow?.(row.message, row.key))
      const stream: Header = {
        ...this.header(last.time, last.key, this.before),
        times: rows.map(({ time }) => time),
        keys: rows.map(({ key }) => key)
      }
      this.send(
        port,
        this.makesMessages || message === undefined ? { payload, stream } : { ...message, payload, stream }
      )
    }
  }
}
