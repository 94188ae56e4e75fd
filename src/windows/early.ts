import type { Timestamp } from '../record'

/** When results are sent: at the end of a window only, also on each record, or so but at most each `every` ms. */
export interface Emit {
  when: 'final' | 'update' | 'every'
  /** ms of event time. */
  every: number
}

/** For each open window, told by a number, the event time of its last early result. */
export type EarlyResults = Map<number, Timestamp>

export const newEarlyResults = (): EarlyResults => new Map()

/** Is an early result of the window to be sent with a record of `time`? If so, it is noted. */
export function isEarlyDue({ when, every }: Emit, sent: EarlyResults, window: number, time: Timestamp): boolean {
  if (when !== 'every') return when === 'update'
  const last = sent.get(window)
  if (last !== undefined && time < last + every) return false
  sent.set(window, time)
  return true
}
