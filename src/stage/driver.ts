import { BoundError } from '../errors'
import type { Getter } from '../expression/property'
import type { Operator } from '../operator'
import type { NodeSpec } from '../operators/spec'
import { finite, type Message, type Timestamp, toKey } from '../record'
import type { Clock } from '../time/clock'
import type { StepOutput } from './emitter'
import type { Warning } from './ports'
import type { TimeSource } from './time-source'
import type { Timing } from './timing'

/** Records without any key after which the user is told. */
const manyRecords = 100

/** What an operator is driven with. */
export interface DriverParts {
  operator: Operator
  output: StepOutput
  time: TimeSource
  /** Absent: records have no key, or the operator finds it. */
  keyOf: Getter | undefined
  takesUpdates: NodeSpec['takesUpdates']
  /** The wall clock, of which only few operators are told; absent where the data is recorded and knows none. */
  clock: Clock | undefined
  warn(warning: Warning): void
}

/** Drives an operator along its stream: by its records, by the watermark and by the wall clock. */
export class OperatorDriver {
  /** How many records were taken. */
  records = 0
  /** Grows with each change of the state. */
  revision = 0
  private keyless = 0
  private watermark: Timestamp = -Infinity

  constructor(private readonly parts: DriverParts) {}

  /**
   * One record, or the element `index` of a batch: what it tells of time before it, the record, what it tells of time
   * after it. @throws RecordError
   */
  take(message: Message, index?: number): void {
    const { time: source, output } = this.parts
    const timing = source.for(message)
    const time = timing.read(message, index)
    this.advance(timing.before())
    output.begin(timing.kind === 'arrival', this.watermark)
    try {
      this.process(message, time)
    } catch (error) {
      // refused at a bound: its time still counts, or nothing would ever drain
      if (error instanceof BoundError) this.accept(timing, index)
      output.end(this.watermark)
      throw error
    }
    this.accept(timing, index)
    output.end(this.watermark)
  }

  private process(value: Message, time: Timestamp): void {
    const { operator, output, keyOf, takesUpdates, clock, warn } = this.parts
    // results that are not final only tell the watermark
    if (!takesUpdates && (value.window as { kind?: unknown } | undefined)?.kind !== undefined) return
    const key = keyOf === undefined ? null : toKey(keyOf(value))
    if (clock) operator.onClock?.(clock.now(), output)
    operator.process({ value, time, key }, output)
    this.records++
    this.revision++
    if (key === null && keyOf && ++this.keyless === manyRecords && this.records === manyRecords) {
      warn({ kind: 'noKey', records: manyRecords })
    }
  }

  /** What the record that was read last tells of time takes effect, within its step. */
  private accept(timing: Timing, index: number | undefined): void {
    const watermark = timing.accept(index)
    if (watermark > this.watermark) this.operate(watermark)
  }

  private operate(watermark: Timestamp): void {
    const { operator, output } = this.parts
    this.revision++
    this.watermark = watermark
    operator.onWatermark(watermark, output)
  }

  /** A step begins: a batch, or what is no record. */
  begin(): void {
    const { output, time } = this.parts
    output.begin(time.isArrival, this.watermark)
  }

  /** The watermark advances by itself, in a step of its own. */
  private advance(watermark: Timestamp): void {
    if (!(watermark > this.watermark)) return
    this.begin()
    this.operate(watermark)
    this.parts.output.end(watermark)
  }

  /** All that came at once was handled, and what it gave is sent. `batch`: the batch that it was. */
  close(batch?: Message): void {
    const { output, time } = this.parts
    if (batch && time.timing?.kind === 'header') this.accept(time.timing, undefined)
    output.close(this.watermark, batch)
  }

  /** Time went on without a record: the watermark comes to where it is by now. */
  catchUp(): void {
    this.advance(this.parts.time.known.current())
    this.close()
  }

  /** The wall clock has moved: so does the watermark that goes by it, and timeouts end. */
  tick(): void {
    const { operator, output, time, clock } = this.parts
    this.advance(time.known.current())
    if (clock !== undefined && operator.onClock !== undefined) {
      this.revision++
      this.begin()
      operator.onClock(clock.now(), output)
    }
    this.close()
  }

  /** The stream has ended: emits what is held, and is as new. */
  flush(): void {
    this.begin()
    this.parts.operator.flush(this.parts.output)
    this.close()
    this.reset()
  }

  /** Forgets everything, and all is as new; or all there is of one key. */
  reset(key?: string): void {
    const { operator, output, time } = this.parts
    this.revision++
    operator.reset(key)
    if (key !== undefined) return
    output.reset()
    this.watermark = -Infinity
    time.reset()
  }

  /** The whole state; see `Operator.snapshot`. */
  snapshot(): unknown {
    const { operator, time } = this.parts
    return { watermark: finite(this.watermark), timing: time.snapshot(), operator: operator.snapshot() }
  }

  /** Goes on from a snapshot of the same operator with the same configuration. */
  restore(snapshot: unknown): void {
    const saved = snapshot as { watermark: Timestamp | null; timing?: unknown; operator: unknown }
    this.watermark = saved.watermark ?? -Infinity
    this.parts.operator.restore(saved.operator, this.watermark)
    this.parts.time.restore(saved.timing, saved.watermark)
  }
}
