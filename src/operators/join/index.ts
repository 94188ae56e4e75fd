import { choice, duration, needed, readConfig, signedDuration, someDuration, text } from '../../config/fields'
import { ConfigError } from '../../errors'
import type { Getter } from '../../expression/property'
import { windowClock } from '../../time/window-clock'
import type { NodeSpec } from '../spec'
import { intervalJoin } from './interval'
import { latestJoin } from './latest'
import { placeReader } from './sides'
import { windowJoin } from './window'

const keyTypes = ['msg', 'jsonata'] as const
const fields = {
  mode: choice(['interval', 'window', 'latest'], 'latest'),
  joinType: choice(['inner', 'left', 'right', 'full'], 'left'),
  side: text('topic'),
  sideType: choice(keyTypes, 'msg'),
  left: text(''),
  right: text(''),
  leftKey: text(''),
  leftKeyType: choice(keyTypes, 'msg'),
  rightKey: text(''),
  rightKeyType: choice(keyTypes, 'msg'),
  lower: signedDuration('-5s'),
  upper: signedDuration('5s'),
  size: duration('5m'),
  ttl: someDuration('')
}

/** Brings two streams together, key by key. */
export const join: NodeSpec = {
  type: 'stream-join',
  fields,
  stateFields: [
    'mode',
    'side',
    'sideType',
    'left',
    'right',
    'leftKey',
    'leftKeyType',
    'rightKey',
    'rightKeyType',
    'lower',
    'upper',
    'size'
  ],
  create(raw, { compiler, limits, timezone }) {
    const config = readConfig(fields, raw)
    const { mode, joinType } = config
    const key = (field: 'leftKey' | 'rightKey'): Getter | undefined =>
      config[field] === '' ? undefined : compiler.getter(config[field], config[`${field}Type`], field)
    const place = placeReader({
      side: compiler.getter(config.side, config.sideType, 'side'),
      property: config.side,
      left: config.left,
      right: config.right,
      leftKey: key('leftKey'),
      rightKey: key('rightKey')
    })
    const options = { joinType, place, limits }
    if (mode === 'latest') return latestJoin({ ...options, ttl: config.ttl })
    if (mode === 'window') {
      return windowJoin({ ...options, size: needed(config.size, 'size'), clock: windowClock(timezone) })
    }
    const { lower = 0, upper = 0 } = config
    if (lower > upper) throw new ConfigError('lower', `must not be above upper (${upper} ms)`, lower)
    return intervalJoin({ ...options, lower, upper })
  },
  takesUpdates: false,
  makesMessages: true,
  findsKeys: true,
  setsAsideLate: true,
  toRow: ({ payload }, key) => ({ key, ...(payload as object) })
}
