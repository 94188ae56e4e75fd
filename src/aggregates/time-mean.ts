import type { Aggregate } from '../aggregate'
import { areaOf } from './accumulators/area'
import { orNull } from './accumulators/cells'
import { byTime, type Ordered } from './accumulators/ordered'

/**
 * The mean over the time that values hold: each until the next, the last until the window ends, the key's last earlier
 * value from window start; without one, from the first value on. Nothing, or no time at all: `null`.
 */
export const timeMean: Aggregate<Ordered> = {
  accumulation: byTime,
  input: 'number',
  carries: true,
  result(list, span) {
    const held = areaOf(list, span)
    return held === null ? null : orNull(held.area / held.covered)
  }
}
