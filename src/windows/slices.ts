import type { Timestamp } from '../record'
import type { Accumulators, SavedAccumulators } from './accumulators'
import type { Aggregation, Carried } from './aggregation'
import type { Assigner } from './assigners'
import type { EarlyResults } from './early'
import { PaneStack } from './pane-stack'
import { type Pane, placeOf } from './panes'

/** What is kept of one key: its slices of time, and how far its windows have come. */
export interface Slices {
  /** In order of their starts. */
  panes: Pane[]
  /** End of the window that is to fire next; Infinity: none. */
  next: Timestamp
  /** Ends of the windows that fired first and last. */
  since: Timestamp
  fired: Timestamp
  /** The sum of the window that fired last; absent where the next one has to be put together anew. */
  stack?: PaneStack
  carried: Carried
  early: EarlyResults
}

export const noSlices = (): Slices => ({
  panes: [],
  next: Infinity,
  since: Infinity,
  fired: -Infinity,
  carried: [],
  early: new Map()
})

/** The pane that begins at `start`, made where missing. */
export function paneAt({ panes }: Slices, start: Timestamp, aggregation: Aggregation): Pane {
  const newest = panes[panes.length - 1]
  if (newest?.start === start) return newest
  const i = placeOf(panes, start)
  if (panes[i]?.start === start) return panes[i]
  const pane = aggregation.createPane(start)
  panes.splice(i, 0, pane)
  return pane
}

/** Is there a record in [start, end)? */
export function hasRecord({ panes }: Slices, start: Timestamp, end: Timestamp): boolean {
  const i = placeOf(panes, start)
  return i < panes.length && panes[i].start < end
}

/** All records of [start, end). */
export function sumOf({ panes }: Slices, start: Timestamp, end: Timestamp, aggregation: Aggregation): Accumulators {
  const whole = aggregation.create()
  for (let i = placeOf(panes, start); i < panes.length && panes[i].start < end; i++) aggregation.merge(whole, panes[i])
  return whole
}

/** All records of [start, end), which does not begin before the window that fired last: one merge a slice. */
export function slidingSum(slices: Slices, start: Timestamp, end: Timestamp, aggregation: Aggregation): Accumulators {
  const { panes, fired } = slices
  const from = slices.stack === undefined ? start : Math.max(start, fired)
  slices.stack ??= new PaneStack(aggregation)
  slices.stack.evictBefore(start)
  for (let i = placeOf(panes, from); i < panes.length && panes[i].start < end; i++) slices.stack.push(panes[i])
  return slices.stack.total()
}

/** What the key carries into a window that begins at `start`. */
export function carriedTo({ panes, carried }: Slices, start: Timestamp, aggregation: Aggregation): Carried {
  const result = carried.slice()
  for (const pane of panes) if (pane.start < start) aggregation.carry(result, pane)
  return result
}

/** End of the first window after the one that ended last that has a record; Infinity where there is none. */
export function nextEnd({ panes, fired }: Slices, assigner: Assigner): Timestamp {
  for (const { start } of panes) {
    const end = Math.max(assigner.firstEnd(start), fired + assigner.slide)
    if (end <= assigner.lastEnd(start)) return end
  }
  return Infinity
}

interface Saved {
  panes: (SavedAccumulators & { start: Timestamp })[]
  next: Timestamp | null
  since: Timestamp | null
  fired: Timestamp | null
  split?: number
  carried: Carried
  early: [Timestamp, Timestamp][]
}

/** As plain data. */
export function saveSlices(
  { panes, next, since, fired, stack, carried, early }: Slices,
  aggregation: Aggregation
): Saved {
  return {
    panes: panes.map(pane => ({ start: pane.start, ...aggregation.save(pane) })),
    next: next === Infinity ? null : next,
    since: since === Infinity ? null : since,
    fired: fired === -Infinity ? null : fired,
    ...(stack && { split: stack.split }),
    carried: structuredClone(carried),
    early: [...early]
  }
}

/** The way back; the stack is made again with the same split. */
export function loadSlices(saved: unknown, assigner: Assigner, aggregation: Aggregation): Slices {
  const { panes, next, since, fired, split, carried, early } = saved as Saved
  const slices: Slices = {
    panes: panes.map(({ start, ...pane }) => ({ start, ...aggregation.load(pane) })),
    next: next ?? Infinity,
    since: since ?? Infinity,
    fired: fired ?? -Infinity,
    carried: structuredClone(carried),
    early: new Map(early)
  }
  if (split === undefined) return slices
  slices.stack = new PaneStack(aggregation)
  slices.panes
    .filter(({ start }) => start >= assigner.start(slices.fired) && start < slices.fired)
    .forEach((pane, i) => {
      if (i === split) slices.stack?.flip()
      slices.stack?.push(pane)
    })
  return slices
}
