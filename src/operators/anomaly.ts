import { choice, count, duration, flag, needed, optionalNumber, readConfig, someDuration, text } from '../config/fields'
import { detectors, methodNames } from '../detectors'
import type { DetectorOptions } from '../detectors/detector'
import { withSpan } from '../detectors/span'
import { toThreshold } from '../detectors/threshold'
import { type Anomaly, Watched } from '../detectors/watched'
import { ConfigError } from '../errors'
import { toNumber } from '../number'
import type { Holdings } from '../operator'
import { fieldsOf } from '../row'
import { copy } from '../state/copy'
import { type Keyed, KeyedState } from '../state/keyed'
import { keyedOperator } from '../state/keyed-operator'
import { windowClock } from '../time/window-clock'
import type { NodeSpec } from './spec'

const fields = {
  value: text('payload'),
  valueType: choice(['msg', 'jsonata'], 'msg'),
  method: choice(methodNames, 'auto'),
  threshold: optionalNumber(),
  window: count(1000),
  warmup: count(30),
  period: someDuration(''),
  duration: duration('10m'),
  direction: choice(['both', 'high', 'low'], 'both'),
  low: optionalNumber(),
  high: optionalNumber(),
  learn: flag(true),
  alarm: choice(['each', 'change'], 'each'),
  hold: count(1)
}

/** Scores each value against the past of its key; anomalous records also go to output 2. */
export const anomaly: NodeSpec = {
  type: 'stream-anomaly',
  fields,
  stateFields: ['value', 'valueType', 'method', 'window', 'period'],
  create(raw, { compiler, limits, timezone }) {
    const config = readConfig(fields, raw)
    const { method, low, high, alarm, warmup } = config
    if (low !== undefined && high !== undefined && low > high)
      throw new ConfigError('low', `must not be above high (${high})`, low)
    const options: DetectorOptions & { learn: boolean } = {
      ...config,
      toLocal: windowClock(timezone).show,
      threshold: toThreshold(config.threshold, method),
      duration: needed(config.duration, 'duration')
    }
    const get = compiler.getter(config.value, config.valueType, 'value')
    const fresh = (): Watched => new Watched(method, withSpan(detectors[method].create(options), low, high), options)
    const keys = new KeyedState<Watched>({
      limits,
      create: fresh,
      isBusy: watched => watched.silentAt() < Infinity
    })

    const isTold = ({ isAnomaly, state }: Anomaly): boolean =>
      alarm === 'change' ? state === 'start' || state === 'end' : isAnomaly && state !== 'normal'

    /** Sees to it that the silence of a key is noticed; it may be put off by records, which costs no timer. */
    const watch = ({ slot, state }: Keyed<Watched>): void => keys.timers.add(slot, state.silentAt())

    /** While no key can be judged yet: how far the one is that has seen most. */
    function warming(): Holdings['warming'] {
      let seen = 0
      for (const { state } of keys.values()) {
        if (state.warming === undefined || state.warming >= warmup) return undefined
        seen = Math.max(seen, state.warming)
      }
      return keys.size > 0 ? [seen, warmup] : undefined
    }

    const operator = keyedOperator({
      keys,
      process({ value: message, time, key }, output) {
        const value = toNumber(get(message), config.value)
        const keyed = keys.at(key, time)
        const { state } = keyed
        const anomaly = value === null ? state.pass(time) : state.judge(value, time)
        message.anomaly = anomaly
        if (state.judgesSilence) {
          state.last = copy(message)
          watch(keyed)
        }
        if (isTold(anomaly)) output.divert(copy(message), time, key)
        output.emit(message, time, key)
      },
      onDue(keyed, output) {
        const { key, state } = keyed
        const time = keys.watermark
        if (state.silentAt() <= time) output.divert(state.tellSilence(), time, key)
        // a record has put it off
        else watch(keyed)
      },
      holdings: () => ({ keys: keys.size, open: 0, warming: warming() }),
      save: watched => watched.snapshot(),
      load: saved => fresh().restore(saved),
      schedule: watch
    })
    // the end of a stream is no silence
    return { ...operator, flush() {} }
  },
  takesUpdates: false,
  makesMessages: false,
  toRow: ({ payload, anomaly }) => ({ ...fieldsOf(payload), anomaly })
}
