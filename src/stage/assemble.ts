import { type RawConfig, readConfig } from '../config/fields'
import { commonFields, keyFields } from '../config/settings'
import { ExpressionCompiler } from '../expression/compiler'
import type { Operator } from '../operator'
import type { NodeSpec } from '../operators/spec'
import { BatchEmitter } from './batch-emitter'
import { OperatorDriver } from './driver'
import { Emitter, heldBack } from './emitter'
import { markingPartial } from './partial'
import { type StagePorts, warningOnce } from './ports'
import { TimeSource } from './time-source'

/** What a stage is put together from. */
export interface StageParts {
  compiler: ExpressionCompiler
  operator: Operator
  time: TimeSource
  driver: OperatorDriver
  /** Each message is a batch of records. */
  isBatch: boolean
  /** The topic of a message is the key of its record. */
  isKeyedByTopic: boolean
}

/** Reads a node's configuration and puts its parts together. @throws ConfigError where the configuration is wrong */
export function assemble(spec: NodeSpec, config: RawConfig, ports: StagePorts): StageParts {
  const { settings, id, name, clock, isLive, maxHeld } = ports
  const { batch: isBatch } = readConfig(commonFields, config)
  const { key, keyType } = readConfig(keyFields, config)
  const compiler = new ExpressionCompiler(ports.prepareJsonata)
  const hasKey = !spec.findsKeys && keyType !== 'none'
  const keyOf = hasKey ? compiler.getter(key, keyType, 'key') : undefined
  const declared =
    settings.timeType === 'msg' || settings.timeType === 'jsonata'
      ? compiler.getter(settings.time, settings.timeType, 'time')
      : undefined
  const warn = warningOnce(ports)
  const time = new TimeSource(ports, declared, warn)
  const operator = spec.create(config, {
    compiler,
    name,
    isKeyed: keyType !== 'none',
    timezone: settings.timezone ?? 'UTC',
    limits: { maxKeys: settings.maxKeys, keyTtl: settings.keyTtl, maxHeld }
  })
  const outputs =
    spec.makesMessages && isLive
      ? markingPartial(ports, { upSince: clock.now(), isArrival: () => time.isArrival })
      : ports
  const progress = { isArrival: false, before: -Infinity, watermark: -Infinity }
  const { lag = 0 } = operator
  const told = lag === 0 ? progress : heldBack(progress, lag)
  const driver = new OperatorDriver({
    operator,
    progress,
    output: isBatch ? new BatchEmitter(id, told, spec, outputs) : new Emitter(id, told, outputs),
    time,
    keyOf,
    asksForKeys: hasKey && spec.stateFields.length > 0,
    takesUpdates: spec.takesUpdates,
    clock: isLive ? clock : undefined,
    warn
  })
  return { compiler, operator, time, driver, isBatch, isKeyedByTopic: hasKey && keyType === 'msg' && key === 'topic' }
}
