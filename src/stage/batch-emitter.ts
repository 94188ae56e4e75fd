import type { NodeSpec } from '../operators/spec'
import { finite, type Key, type Message, type Timestamp } from '../record'
import type { EmitterPorts, Port, Progress, StepOutput } from './emitter'
import { arrivalHeader, eventHeader, type Header, isFree, kindOf } from './header'

interface Row {
  value: unknown
  time: Timestamp
  key: Key
  kind: string | null
  /** The watermark after it. */
  watermark: Timestamp
}

const ports = [0, 1] as const

/** The two outputs of a stream node in batch mode: what is emitted is gathered, and goes out as one message. */
export class BatchEmitter implements StepOutput {
  private readonly rows: [Row[], Row[]] = [[], []]
  private isOpen = false
  /** The watermark before the batch. */
  private begun: Timestamp = -Infinity
  /** Of each output, the watermark before its first row. */
  private readonly atFirst: [Timestamp, Timestamp] = [-Infinity, -Infinity]

  constructor(
    private readonly source: string,
    private readonly progress: Progress,
    private readonly spec: Pick<NodeSpec, 'toRow' | 'makesMessages'>,
    private readonly ports: EmitterPorts
  ) {}

  emit(message: Message, time: Timestamp, key: Key): void {
    this.put(0, this.spec.toRow(message, key), time, key, kindOf(message))
  }

  /** What a node that makes new messages sets aside is the element that came. */
  divert(message: Message, time: Timestamp, key: Key): void {
    this.put(1, this.spec.makesMessages ? message.payload : this.spec.toRow(message, key), time, key, kindOf(message))
  }

  private put(port: Port, value: unknown, time: Timestamp, key: Key, kind: string | null = null): void {
    this.rows[port].push({ value, time, key, kind, watermark: this.progress.before })
  }

  begin(): void {
    if (this.isOpen) return
    const { before } = this.progress
    this.isOpen = true
    this.begun = before
    this.atFirst.fill(before)
  }

  /** The last row of each output tells how far the step has come. */
  end(): void {
    const { watermark } = this.progress
    for (const port of ports) {
      const last = this.rows[port].at(-1)
      if (last === undefined) this.atFirst[port] = watermark
      else last.watermark = watermark
    }
  }

  /** One message an output, `from` with the rows as payload; nothing for none. */
  close(from: Message = {}): void {
    if (!this.isOpen) return
    this.isOpen = false
    const { isArrival, watermark } = this.progress
    for (const port of ports) {
      const rows = this.rows[port]
      this.rows[port] = []
      if (rows.length > 0) this.ports.send(port, this.message(port, rows, from))
      else if (!isArrival && watermark > this.begun) this.ports.advance?.(port, watermark)
    }
  }

  private message(port: Port, rows: readonly Row[], from: Message): Message {
    const { isArrival, watermark } = this.progress
    const rest = port === 0 && this.spec.makesMessages ? {} : from
    const message: Message = { ...rest, payload: rows.map(({ value }) => value) }
    if (!isFree(message)) return message
    const { time, key } = rows[rows.length - 1]
    const header: Header = isArrival
      ? arrivalHeader(this.source, time, key)
      : eventHeader(this.source, time, key, this.atFirst[port], watermark)
    header.times = rows.map(row => row.time)
    header.keys = rows.map(row => row.key)
    if (rows.some(({ kind }) => kind !== null)) header.kinds = rows.map(({ kind }) => kind)
    if (!isArrival) header.watermarks = rows.map(row => finite(row.watermark))
    message.stream = header
    return message
  }

  reset(): void {
    // whatever was told, the next batch tells its own
  }
}
