import { ofAny } from '../aggregate'
import * as accumulators from './accumulators/count'

/** How many values there are. Nothing: 0. */
export const count = ofAny(accumulators.count, ({ n }) => n)
