/** How many keys a node keeps, and for how long. */
export interface KeyLimits {
  maxKeys: number
  /** ms of event time after which a silent key is forgotten; absent: never. */
  keyTtl?: number
}
