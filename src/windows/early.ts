import type { Timestamp } from '../record'

/** When results are sent: only at the end of a window, also with each record, or so but at most once in `every` ms. */
export interface Emit {
  when: 'final' | 'update' | 'every'
  /** ms of event time. */
  every: number
}

/** Does a record of `time` call for an early result of its window? `last`: when the last one was sent; absent: never. */
export const isEarlyDue = ({ when, every }: Emit, last: Timestamp | undefined, time: Timestamp): boolean =>
  when === 'update' || (when === 'every' && (last === undefined || time >= last + every))
