import { choice, count, duration, flag, optionalNumber, readConfig, text } from '../config/fields'
import { ConfigError } from '../errors'
import { detectors, methodNames } from '../detectors'
import type { Detector } from '../detectors/detector'
import { toNumber } from '../number'
import type { Operator } from '../operator'
import { KeyedState } from '../state/keyed'
import { spread } from '../windows/result'
import type { NodeSpec } from './spec'

const fields = {
  value: text('payload'),
  valueType: choice(['msg', 'jsonata'], 'msg'),
  method: choice(methodNames, 'auto'),
  threshold: optionalNumber(),
  window: count(1000),
  warmup: count(30),
  period: duration(''),
  duration: duration('10m'),
  direction: choice(['both', 'high', 'low'], 'both'),
  low: optionalNumber(),
  high: optionalNumber(),
  learn: flag(true),
  alarm: choice(['each', 'change'], 'each'),
  hold: count(1)
}

interface Watched {
  detector: Detector
  /** Anomalous records in a row. */
  inRow: number
  isAlarm: boolean
}

/** Scores each value against the past of its key; anomalous records also go to output 2. */
export const anomaly: NodeSpec = {
  type: 'stream-anomaly',
  fields,
  create(raw, { compiler, limits }) {
    const config = readConfig(fields, raw)
    const { method, direction, window, warmup, learn, alarm, hold } = config
    const { create, threshold: usual } = detectors[method]
    const threshold = config.threshold ?? usual
    if (threshold <= 0) throw new ConfigError('threshold', 'must be more than 0', threshold)
    if (method === 'auto' && threshold >= 1) throw new ConfigError('threshold', 'must be below 1 (auto)', threshold)
    const get = compiler.getter(config.value, config.valueType, 'value')
    const fresh = (): Watched => ({
      detector: create({ threshold, window, warmup, direction }),
      inRow: 0,
      isAlarm: false
    })
    const keys = new KeyedState<Watched>(limits, fresh)

    /** Counts the anomalies in a row; returns where the alarm stands now. */
    function follow(watched: Watched, isAnomaly: boolean): 'normal' | 'start' | 'ongoing' | 'end' {
      watched.inRow = isAnomaly ? watched.inRow + 1 : 0
      const was = watched.isAlarm
      watched.isAlarm = watched.inRow >= hold
      if (watched.isAlarm) return was ? 'ongoing' : 'start'
      return was ? 'end' : 'normal'
    }

    const beyondSpan = (value: number): boolean =>
      (config.low !== undefined && value < config.low) || (config.high !== undefined && value > config.high)

    const operator: Operator = {
      process({ value: message, time, key }, output) {
        const value = toNumber(get(message), config.value)
        const { state } = keys.at(key, time)
        const judgement = value === null ? undefined : state.detector.score(value)
        const isBeyond = value !== null && beyondSpan(value)
        const isAnomaly = isBeyond || (judgement?.isAnomaly ?? false)
        const alarmState = value === null ? (state.isAlarm ? 'ongoing' : 'normal') : follow(state, isAnomaly)
        if (value !== null && (learn || !isAnomaly)) state.detector.learn(value)
        const { score = null, expected = null, lower = null, upper = null, deviation = null } = judgement ?? {}
        const reason = !isAnomaly
          ? ''
          : isBeyond
            ? 'outside the span'
            : value !== null && expected !== null && value > expected
              ? 'above range'
              : 'below range'
        message.anomaly = {
          score: isBeyond ? 1 : score,
          isAnomaly,
          state: alarmState,
          value,
          expected,
          lower,
          upper,
          deviation,
          method,
          reason
        }
        const isAlarming =
          alarm === 'change' ? alarmState === 'start' || alarmState === 'end' : isAnomaly && alarmState !== 'normal'
        if (isAlarming) output.divert({ ...message }, time, key)
        output.emit(message, time, key)
      },
      onWatermark: next => keys.sweep(next),
      flush() {},
      reset(key) {
        if (key !== undefined) keys.delete(key)
        else keys.clear()
      },
      due: () => Infinity,
      holdings: () => ({ keys: keys.size, open: 0 }),
      snapshot: () =>
        keys.snapshot(({ detector, inRow, isAlarm }) =>
          structuredClone({ detector: detector.snapshot(), inRow, isAlarm })
        ),
      restore: snapshot =>
        keys.restore(snapshot, saved => {
          const { detector, inRow, isAlarm } = saved as { detector: unknown; inRow: number; isAlarm: boolean }
          const watched = { ...fresh(), inRow, isAlarm }
          watched.detector.restore(detector)
          return watched
        })
    }
    return operator
  },
  takesUpdates: false,
  makesMessages: false,
  toRow: ({ payload, anomaly }) => ({ ...spread(payload), anomaly })
}
