import type { Timestamp } from '../record'

/** When results are sent: at the end of a window only, also on each record, or so but at most each `every` ms. */
export interface Emit {
  when: 'final' | 'update' | 'every'
  /** ms of event time. */
  every: number
}

/** Is an early result to be sent with a record of `time`, where the last one of its window was sent at `last`, if ever? */
export const isEarlyDue = ({ when, every }: Emit, last: Timestamp | undefined, time: Timestamp): boolean =>
  when === 'update' || (when === 'every' && (last === undefined || time >= last + every))
