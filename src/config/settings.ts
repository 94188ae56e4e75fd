import { choice, type ConfigOf, count, duration, flag, positiveDuration, someDuration, text, timezone } from './fields'
import { usualMaxKeys } from './limits'

/** The fields of stream-settings. */
export const settingsFields = {
  time: text(''),
  timeType: choice(['auto', 'arrival', 'msg', 'jsonata'], 'auto'),
  outOfOrderness: duration('0s'),
  idleTimeout: duration(''),
  timezone: timezone(),
  maxKeys: count(usualMaxKeys),
  keyTtl: someDuration(''),
  maxAhead: duration('1h'),
  store: text(''),
  checkpoint: positiveDuration('30s')
}

export type Settings = ConfigOf<typeof settingsFields>

/** The fields that every stream node has beside its own. */
export const commonFields = { settings: text(''), batch: flag(false) }

/** How a node finds the key of a record; a join has keys of its own. */
export const keyFields = { key: text('topic'), keyType: choice(['msg', 'jsonata', 'none'], 'msg') }
