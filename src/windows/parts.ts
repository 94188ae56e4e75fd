import type { Key, Message, Timestamp } from '../record'
import type { KeyLimits } from '../state/keyed'
import type { Aggregation, HeldBound } from './aggregation'
import type { Pane } from './result'

/** What every kind of window is made of. */
export interface WindowParts {
  aggregation: Aggregation
  limits: KeyLimits
  held: HeldBound
  isKeyed: boolean
  message(pane: Pane, key: Key, end: Timestamp): Message
}
