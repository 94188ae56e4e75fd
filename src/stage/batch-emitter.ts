import type { NodeSpec } from '../operators/spec'
import type { Key, Message, Timestamp } from '../record'
import type { EmitterPorts, StepOutput } from './emitter'
import { arrivalHeader, eventHeader, type Header, isFree } from './header'

interface Row {
  value: unknown
  time: Timestamp
  key: Key
}

/** The two outputs of a stream node in batch mode: what is emitted is gathered, and goes out as one message. */
export class BatchEmitter implements StepOutput {
  private readonly rows: [Row[], Row[]] = [[], []]
  private isArrival = false
  private isOpen = false
  /** The watermark before the batch. */
  private before: Timestamp = -Infinity

  constructor(
    private readonly source: string,
    private readonly spec: Pick<NodeSpec, 'toRow' | 'makesMessages'>,
    private readonly ports: EmitterPorts
  ) {}

  emit(message: Message, time: Timestamp, key: Key): void {
    this.rows[0].push({ value: this.spec.toRow(message, key), time, key })
  }

  /** What a node that makes new messages sets aside is the element that came. */
  divert(message: Message, time: Timestamp, key: Key): void {
    const value = this.spec.makesMessages ? message.payload : this.spec.toRow(message, key)
    this.rows[1].push({ value, time, key })
  }

  /** Of the steps of a batch only the first tells the watermark before it. */
  begin(isArrival: boolean, before: Timestamp): void {
    this.isArrival = isArrival
    if (this.isOpen) return
    this.isOpen = true
    this.before = before
  }

  end(): void {
    // all steps of a batch end with it
  }

  /** One message an output, `from` with the rows as payload; nothing for none. */
  close(watermark: Timestamp, from: Message = {}): void {
    if (!this.isOpen) return
    this.isOpen = false
    const { isArrival, before } = this
    for (const port of [0, 1] as const) {
      const rows = this.rows[port]
      if (rows.length === 0) {
        if (!isArrival && watermark > before) this.ports.advance(port, watermark)
        continue
      }
      this.rows[port] = []
      const { time, key } = rows[rows.length - 1]
      const header: Header = isArrival
        ? arrivalHeader(this.source, time, key)
        : eventHeader(this.source, time, key, before, watermark)
      header.times = rows.map(row => row.time)
      header.keys = rows.map(row => row.key)
      const rest = port === 0 && this.spec.makesMessages ? {} : from
      const message: Message = { ...rest, payload: rows.map(({ value }) => value) }
      if (isFree(message)) message.stream = header
      this.ports.send(port, message)
    }
  }

  reset(): void {
    // whatever was told, the next batch tells its own
  }
}
