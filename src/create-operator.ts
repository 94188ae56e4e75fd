import type { RawConfig } from './config/fields'
import { usualMaxHeld, usualMaxKeys } from './config/limits'
import { ConfigError } from './errors'
import { ExpressionCompiler } from './expression/compiler'
import { prepareWithPackage } from './flow/packaged-jsonata'
import type { Operator } from './operator'
import { specs } from './operators'
import type { StreamRecord } from './record'

/** An operator by name; `prepare` is to be awaited before `process` where it has a JSONata expression. */
export type NamedOperator = Operator & { prepare(record: StreamRecord): Promise<void> }

/**
 * Makes one operator, such as `createOperator('time-window', { size: '10s', aggregates: [{ fn: 'mean' }] })`, with the
 * fields and defaults of the node of that name.
 * @throws ConfigError for an unknown name or a wrong field
 */
export function createOperator(name: string, config: RawConfig = {}): NamedOperator {
  if (!Object.hasOwn(specs, name))
    throw new ConfigError('operator', `must be one of ${Object.keys(specs).join(', ')}`, name)
  const compiler = new ExpressionCompiler(prepareWithPackage)
  const operator = specs[name].create(config, {
    compiler,
    name,
    isKeyed: config.keyType !== 'none',
    timezone: 'UTC',
    limits: { maxKeys: usualMaxKeys, maxHeld: usualMaxHeld }
  })
  return Object.assign(operator, { prepare: (record: StreamRecord) => compiler.prepare(record.value) })
}
