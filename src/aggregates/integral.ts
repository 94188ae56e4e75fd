import type { Aggregate } from '../aggregate'
import { areaOf } from './accumulators/area'
import { orNull } from './accumulators/cells'
import { byTime, type Ordered } from './accumulators/ordered'

/**
 * The integral over time in units of `unit` ms: a power in kW over hours is an energy in kWh. Values hold as in
 * `timeMean`, so that windows add up without gaps. Nothing: `null`.
 */
export const integral = (unit: number): Aggregate<Ordered> => ({
  accumulation: byTime,
  input: 'number',
  carries: true,
  result(list, span) {
    const held = areaOf(list, span)
    return held === null ? null : orNull(held.area / unit)
  }
})
