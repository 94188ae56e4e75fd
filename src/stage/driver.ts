import { BoundError } from '../errors'
import type { Getter } from '../expression/property'
import type { Operator } from '../operator'
import type { NodeSpec } from '../operators/spec'
import { finite, type Message, type StreamRecord, type Timestamp, toKey } from '../record'
import type { Clock } from '../time/clock'
import type { Progress, StepOutput } from './emitter'
import { kindOf } from './header'
import type { Warning } from './ports'
import type { TimeSource } from './time-source'
import type { Timing } from './timing'

/** Records without any key after which the user is told. */
const manyRecords = 100

/** What an operator is driven with. */
export interface DriverParts {
  operator: Operator
  output: StepOutput
  /** Shared with the output. */
  progress: Progress
  time: TimeSource
  /** Absent: records have no key, or the operator finds it. */
  keyOf: Getter | undefined
  /** Is something kept for each key, so that the user is told where no record has one? */
  asksForKeys: boolean
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
  /** What the operator is given: one object for all records. */
  private readonly record: StreamRecord = { value: {}, time: NaN, key: null }

  constructor(private readonly parts: DriverParts) {}

  /**
   * One record, or the element `index` of a batch: what it tells of time before it, the record, what it tells of time
   * after it. @throws RecordError
   */
  take(message: Message, index?: number): void {
    const { time, output } = this.parts
    const timing = time.for(message)
    timing.read(message, index)
    this.advance(timing)
    this.begin()
    try {
      this.process(message, timing)
    } catch (error) {
      // refused at a bound: its time still counts, or nothing would ever drain
      if (error instanceof BoundError) this.accept(timing, index)
      output.end()
      throw error
    }
    this.accept(timing, index)
    output.end()
  }

  private process(value: Message, { time }: Timing): void {
    const { operator, output, keyOf, asksForKeys, takesUpdates, clock, warn } = this.parts
    const { record } = this
    // results that are not final only tell the watermark
    if (!takesUpdates && kindOf(value) !== undefined) return
    const key = keyOf === undefined ? null : toKey(keyOf(value))
    if (clock) operator.onClock?.(clock.now(), output)
    // a frozen message is not to be enriched, but a copy is; recorded ones are not frozen, and to ask takes 20 ns
    record.value = clock === undefined || Object.isExtensible(value) ? value : { ...value }
    record.time = time
    record.key = key
    operator.process(record, output)
    this.records++
    this.revision++
    if (key === null && asksForKeys && ++this.keyless === manyRecords && this.records === manyRecords) {
      warn({ kind: 'noKey', records: manyRecords })
    }
  }

  /** What the record that was read last tells of time takes effect, within its step. */
  private accept(timing: Timing, index: number | undefined): void {
    timing.accept(index)
    if (this.isBehind(timing)) this.follow(timing)
  }

  private isBehind({ watermark }: Timing): boolean {
    return watermark > this.parts.progress.watermark
  }

  /** The operator learns the watermark of `timing`. */
  private follow({ watermark }: Timing): void {
    const { operator, output, progress } = this.parts
    this.revision++
    progress.watermark = watermark
    operator.onWatermark(watermark, output)
  }

  /** A step begins. */
  begin(): void {
    const { output, progress, time } = this.parts
    progress.isArrival = time.isArrival
    progress.before = progress.watermark
    output.begin()
  }

  /** Where the watermark of `timing` has advanced without a record, it takes effect in a step of its own. */
  private advance(timing: Timing): void {
    if (!this.isBehind(timing)) return
    this.begin()
    this.follow(timing)
    this.parts.output.end()
  }

  /** All that came at once was handled, and what it gave is sent. `batch`: the batch that it was. */
  close(batch?: Message): void {
    const { output, time } = this.parts
    if (batch && time.timing?.kind === 'header') this.accept(time.timing, undefined)
    output.close(batch)
  }

  /** Time went on without a record: the watermark comes to where it is by now. */
  catchUp(): void {
    this.followTime()
    this.close()
  }

  private followTime(): void {
    const { known } = this.parts.time
    known.catchUp()
    this.advance(known)
  }

  /** The wall clock has moved: so does the watermark that goes by it, and timeouts end. */
  tick(): void {
    const { operator, output, clock } = this.parts
    this.followTime()
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
    const { operator, output, progress, time } = this.parts
    this.revision++
    operator.reset(key)
    if (key !== undefined) return
    output.reset()
    progress.watermark = -Infinity
    time.reset()
  }

  /** The whole state; see `Operator.snapshot`. */
  snapshot(): unknown {
    const { operator, progress, time } = this.parts
    return { watermark: finite(progress.watermark), timing: time.snapshot(), operator: operator.snapshot() }
  }

  /** Goes on from a snapshot of the same operator with the same configuration. */
  restore(snapshot: unknown): void {
    const saved = snapshot as { watermark: Timestamp | null; timing?: unknown; operator: unknown }
    const { operator, progress, time } = this.parts
    progress.watermark = saved.watermark ?? -Infinity
    operator.restore(saved.operator)
    time.restore(saved.timing, saved.watermark)
  }
}
