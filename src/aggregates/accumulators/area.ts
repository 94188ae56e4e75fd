import type { Span } from '../../aggregate'
import { type Ordered, sumOfSteps } from './ordered'

/** What lies between values over time and zero. */
export interface Area {
  /** Sum of each value by the ms that it holds. */
  area: number
  /** How many ms of the window a value holds. */
  covered: number
}

const step = ({ times, values }: Ordered, i: number): number => (values[i] as number) * (times[i + 1] - times[i])

/**
 * Each value holds until the next one, the last until the window ends; the value before the window from its start on.
 * Nothing in the window: `null`.
 */
export function areaOf(list: Ordered, { start, end, before }: Span): Area | null {
  const { times, values, head } = list
  if (head === times.length) return null
  const first = times[head]
  const last = times[times.length - 1]
  // records of a window that counts may lie outside of it: they hold no time there
  const ahead = before === null ? 0 : Math.max(0, first - start)
  const behind = Math.max(0, end - last)
  const carried = ahead === 0 ? 0 : (before?.value as number) * ahead
  const area = carried + sumOfSteps(list, step) + (values[values.length - 1] as number) * behind
  return { area, covered: ahead + (last - first) + behind }
}
