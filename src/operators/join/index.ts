import { choice, duration, readConfig, signedDuration, text } from '../../config/fields'
import { ConfigError, RecordError } from '../../errors'
import { type Key, type Message, toKey } from '../../record'
import type { NodeSpec } from '../spec'
import { intervalJoin } from './interval'
import { type Side, sideMatcher } from './sides'

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
  ttl: duration('')
}

/** Brings two streams together, key by key. */
export const join: NodeSpec = {
  type: 'stream-join',
  fields,
  create(raw, { compiler, limits }) {
    const config = readConfig(fields, raw)
    if (config.mode !== 'interval') throw new ConfigError('mode', 'must be interval in this version', config.mode)
    if (config.joinType !== 'inner') throw new ConfigError('joinType', 'must be inner in this version', config.joinType)
    const { lower = 0, upper = 0 } = config
    if (lower > upper) throw new ConfigError('lower', `must not be above upper (${upper} ms)`, lower)
    const sideOf = compiler.getter(config.side, config.sideType, 'side')
    const isLeft = sideMatcher(config.left)
    const isRight = config.right === '' ? () => [] : sideMatcher(config.right)
    const leftKey = config.leftKey === '' ? undefined : compiler.getter(config.leftKey, config.leftKeyType, 'leftKey')
    const rightKey =
      config.rightKey === '' ? undefined : compiler.getter(config.rightKey, config.rightKeyType, 'rightKey')

    const read = (message: Message): { side: Side; key: Key } | undefined => {
      const name = sideOf(message)
      if (name !== null && typeof name === 'object') throw new RecordError(config.side, 'must be text', name)
      const text = toKey(name) ?? ''
      const left = isLeft(text)
      if (left) return { side: 'left', key: leftKey ? toKey(leftKey(message)) : left.join('/') }
      const right = isRight(text)
      if (right) return { side: 'right', key: rightKey ? toKey(rightKey(message)) : right.join('/') }
      return undefined
    }
    return intervalJoin({ lower, upper, read, limits })
  },
  takesUpdates: false,
  makesMessages: true,
  setsAsideLate: true,
  toRow: ({ payload }, key) => ({ key, ...(payload as object) })
}
