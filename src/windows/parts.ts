import type { KeyLimits } from '../state/key-limits'
import type { WindowClock } from '../time/window-clock'
import type { Aggregation } from './aggregation'
import type { Assigner } from './assigners'
import type { Emit } from './early'
import type { HeldBound } from './held-bound'
import type { WindowMessage } from './result'

/** What every kind of window is made of. */
export interface WindowParts {
  aggregation: Aggregation
  limits: KeyLimits
  held: HeldBound
  message: WindowMessage
  /** For how long a window that has fired still takes records, ms. */
  lateness: number
  emit: Emit
}

/** What tumbling, hopping and cumulative windows are made of. */
export interface SlicedParts extends WindowParts {
  assigner: Assigner
  clock: WindowClock
  /** A key has windows without records, too. */
  emitEmpty: boolean
}
