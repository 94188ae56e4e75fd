import { ConfigError } from '../errors'
import type { Timestamp } from '../record'

/**
 * Which windows a time belongs to. Windows are told by their ends, which lie one `slide` apart; all are put together
 * from slices that do not overlap. Times are those of the windows' own clock, see `WindowClock`.
 */
export interface Assigner {
  /** Start of the slice that holds `time`. */
  slice(time: Timestamp): Timestamp
  /** End of the first and of the last window that hold `time`. */
  firstEnd(time: Timestamp): Timestamp
  lastEnd(time: Timestamp): Timestamp
  /** Start of the window that ends at `end`. */
  start(end: Timestamp): Timestamp
  /** From the end of a window to that of the next one. */
  slide: number
  /** No two windows overlap. */
  isTumbling: boolean
}

/** The start of the piece of `length` that holds `time`: time - floorMod(time - offset, length). */
export function startOf(time: Timestamp, length: number, offset: number): Timestamp {
  // the remainder of numbers beyond 2^31 is slow: divided, and set right where the quotient was rounded
  const start = Math.floor((time - offset) / length) * length + offset
  if (start > time) return start - length
  return time - start < length ? start : start + length
}

/** Windows of `size`, a new one each `slide`. @throws ConfigError where size is no multiple of slide, as SQL has it */
export function hopping(size: number, slide: number, offset = 0): Assigner {
  if (size % slide !== 0) throw new ConfigError('slide', `must divide size (${size} ms)`, slide)
  return {
    slice: time => startOf(time, slide, offset),
    firstEnd: time => startOf(time, slide, offset) + slide,
    lastEnd: time => startOf(time, slide, offset) + size,
    start: end => end - size,
    slide,
    isTumbling: size === slide
  }
}

/** Windows of `size`, one after the other. */
export const tumbling = (size: number, offset = 0): Assigner => hopping(size, size, offset)

/**
 * Windows that begin together, one each `size`, and end a `step` later each, up to `size`.
 * @throws ConfigError where size is no multiple of step
 */
export function cumulative(size: number, step: number, offset = 0): Assigner {
  if (size % step !== 0) throw new ConfigError('step', `must divide size (${size} ms)`, step)
  return {
    slice: time => startOf(time, step, offset),
    firstEnd: time => startOf(time, step, offset) + step,
    lastEnd: time => startOf(time, size, offset) + size,
    start: end => startOf(end - 1, size, offset),
    slide: step,
    isTumbling: size === step
  }
}
