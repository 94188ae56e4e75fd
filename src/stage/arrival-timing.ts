import { RecordError } from '../errors'
import { finite, type Message, type Timestamp } from '../record'
import type { Clock } from '../time/clock'
import { SteadyClock } from '../time/steady-clock'
import { headerOf, timeAt } from './header'
import type { Timing } from './timing'

/** Behind another node there may be records under way. */
const underWay = 1000

/**
 * The clock of this computer, or the arrival time in the headers of a node that has one: windows close by the clock.
 * Nothing is ever late: a time behind the watermark is raised to just after it.
 */
export class ArrivalTiming implements Timing {
  readonly kind = 'arrival'
  time: Timestamp = -Infinity
  watermark: Timestamp = -Infinity
  private readonly clock: SteadyClock
  private readonly delay: number

  /** `isFirst`: no stream node is upstream. `onClockBack` is told by how much the clock was put back. */
  constructor(
    private readonly wallClock: Clock,
    private readonly isFirst: boolean,
    onClockBack: (by: number) => void
  ) {
    this.clock = new SteadyClock(wallClock, onClockBack)
    this.delay = isFirst ? 1 : underWay
  }

  read(message: Message, index?: number): void {
    const { isFirst } = this
    const header = headerOf(message)
    if (isFirst !== (header?.clock !== 'arrival')) {
      const expected = isFirst
        ? 'must be absent, as in the first record'
        : 'must be a header of arrival time, as the first record had'
      throw new RecordError('stream', expected, message.stream)
    }
    const now = this.clock.now()
    this.advance(now)
    const time = isFirst ? now : (timeAt(header?.times, index ?? -1) ?? header?.time ?? now)
    this.time = Math.max(time, this.watermark + 1)
  }

  private advance(now: Timestamp): void {
    if (now - this.delay > this.watermark) this.watermark = now - this.delay
  }

  accept(): void {}

  catchUp(): void {
    this.advance(this.clock.now())
  }

  reaches(due: Timestamp): Timestamp {
    return this.clock.wallTimeOf(due + this.delay)
  }

  raise(): void {}

  snapshot(): unknown {
    return { isFirst: this.isFirst, watermark: finite(this.watermark), savedAt: this.wallClock.now() }
  }

  restore(saved: unknown): void {
    const { watermark, savedAt } = saved as { watermark: Timestamp | null; savedAt: Timestamp }
    this.watermark = watermark ?? -Infinity
    this.clock.sawAtLeast(savedAt)
  }
}
