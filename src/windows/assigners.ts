import { ConfigError } from '../errors'
import type { Timestamp } from '../record'

/**
 * Which windows a time belongs to. Windows are told by their ends, which lie one `slide` apart; all are put together
 * from slices that do not overlap. Times are those of the windows' own clock, see `WindowClock`.
 */
export interface Assigner {
  /** Start of the slice that holds `time`. */
  slice(time: Timestamp): Timestamp
  /** End of the last window that holds the slice that begins at `start`; the first one ends a `slide` after `start`. */
  lastEnd(start: Timestamp): Timestamp
  /** Start of the window that ends at `end`. */
  start(end: Timestamp): Timestamp
  /** From the end of a window to that of the next one. */
  readonly slide: number
  /** No two windows overlap. */
  readonly isTumbling: boolean
}

/** The start of the piece of `length` that holds `time`: time - floorMod(time - offset, length). */
export function startOf(time: Timestamp, length: number, offset: number): Timestamp {
  // the remainder of numbers beyond 2^31 is slow; up to 2^53 a quotient is never rounded up to a whole number
  return Math.floor((time - offset) / length) * length + offset
}

class Hopping implements Assigner {
  private last: Timestamp = -Infinity

  constructor(
    protected readonly size: number,
    readonly slide: number,
    protected readonly offset: number
  ) {}

  get isTumbling(): boolean {
    return this.size === this.slide
  }

  slice(time: Timestamp): Timestamp {
    const { last, slide, offset } = this
    // it is asked for one slice many times in a row
    if (!(time >= last && time - last < slide)) this.last = startOf(time, slide, offset)
    return this.last
  }

  lastEnd(start: Timestamp): Timestamp {
    return start + this.size
  }

  start(end: Timestamp): Timestamp {
    return end - this.size
  }
}

class Cumulative extends Hopping {
  override lastEnd(start: Timestamp): Timestamp {
    return startOf(start, this.size, this.offset) + this.size
  }

  override start(end: Timestamp): Timestamp {
    return startOf(end - 1, this.size, this.offset)
  }
}

/** Windows of `size`, a new one each `slide`. @throws ConfigError where size is no multiple of slide, as SQL has it */
export function hopping(size: number, slide: number, offset = 0): Assigner {
  if (size % slide !== 0) throw new ConfigError('slide', `must divide size (${size} ms)`, slide)
  return new Hopping(size, slide, offset)
}

/** Windows of `size`, one after the other. */
export const tumbling = (size: number, offset = 0): Assigner => hopping(size, size, offset)

/**
 * Windows that begin together, one each `size`, and end a `step` later each, up to `size`.
 * @throws ConfigError where size is no multiple of step
 */
export function cumulative(size: number, step: number, offset = 0): Assigner {
  if (size % step !== 0) throw new ConfigError('step', `must divide size (${size} ms)`, step)
  return new Cumulative(size, step, offset)
}
