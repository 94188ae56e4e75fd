import { ConfigError } from '../errors'
import type { Timestamp } from '../record'

/** Which windows a time belongs to: [start, start + size), a new one each `slide`. Tumbling: slide = size. */
export interface Assigner {
  size: number
  slide: number
  /** Length of the pieces that windows are put together from. */
  slice: number
  offset: number
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** Hopping windows. @throws ConfigError where size is no multiple of slide, as SQL has it */
export function hopping(size: number, slide: number, offset: number): Assigner {
  if (slide > size || size % slide !== 0) throw new ConfigError('slide', `must divide size (${size} ms)`, slide)
  return { size, slide, slice: gcd(size, slide), offset }
}

/** Tumbling windows: one after the other. */
export const tumbling = (size: number, offset: number): Assigner => hopping(size, size, offset)

/** The start of the piece of `length` that holds `time`: time - floorMod(time - offset, length). */
export function startOf(time: Timestamp, length: number, offset: number): Timestamp {
  const into = (time - offset) % length
  return into < 0 ? time - into - length : time - into
}
