import type { Timestamp } from '../record'
import type { Accumulators } from './accumulators'

/** What a slice of time of one key holds. */
export interface Pane extends Accumulators {
  start: Timestamp
}

/** Place of the first pane that begins at `start` or later. Panes are in order, and the newest are asked for most. */
export function placeOf(panes: readonly Pane[], start: Timestamp): number {
  let i = panes.length
  while (i > 0 && panes[i - 1].start >= start) i--
  return i
}
