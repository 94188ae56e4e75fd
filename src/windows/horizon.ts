import type { Timestamp } from '../record'
import type { WindowClock } from '../time/window-clock'
import type { Assigner } from './assigners'

interface HorizonParts {
  assigner: Assigner
  clock: WindowClock
  /** For how long a window that has fired still takes records, ms. */
  lateness: number
}

/** Tells the watermark in force. */
interface Stream {
  readonly watermark: Timestamp
}

/** Where the watermark stands among the windows: which of them have fired, and which take no record any more. */
export class Horizon {
  constructor(
    private readonly parts: HorizonParts,
    private readonly stream: Stream
  ) {}

  /** Has the window fired that ends when the clock shows `end`? */
  hasFired(end: Timestamp): boolean {
    return this.parts.clock.completeAt(end) <= this.stream.watermark
  }

  /** Has it fired, and takes no record any more? */
  isGone(end: Timestamp): boolean {
    const { clock, lateness } = this.parts
    return clock.completeAt(end) + lateness <= this.stream.watermark
  }

  /** End of the first window of the slice that begins at `start` that has not fired. */
  firstOpenEnd(start: Timestamp): Timestamp {
    const { assigner, clock } = this.parts
    const { slide } = assigner
    let end = start + slide
    if (!this.hasFired(end)) return end
    end = Math.max(end, assigner.slice(clock.show(this.stream.watermark) - clock.putBack) + slide)
    while (this.hasFired(end)) end += slide
    return end
  }
}
