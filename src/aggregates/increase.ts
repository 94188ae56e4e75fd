import type { Aggregate } from '../aggregate'
import { byTime, type Ordered, sumOfSteps } from './accumulators/ordered'

/** From where a counter fell, if it did. */
const fallen = (from: number, to: number): number => (to < from ? from : 0)
const fallenAt = ({ values }: Ordered, i: number): number => fallen(values[i] as number, values[i + 1] as number)

/**
 * How much a counter rose: the last value less the key's last value before the window, or less the first where there is
 * none; where a counter falls it began again at 0. Nothing: `null`.
 */
export const increase: Aggregate<Ordered> = {
  accumulation: byTime,
  input: 'number',
  carries: true,
  result(list, { before }) {
    const { values, head } = list
    if (head === values.length) return null
    const first = values[head] as number
    const from = (before?.value ?? first) as number
    const last = values[values.length - 1] as number
    return last - from + (fallen(from, first) + sumOfSteps(list, fallenAt))
  }
}
