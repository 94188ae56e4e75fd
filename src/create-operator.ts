import type { RawConfig } from './config/fields'
import { usualMaxHeld, usualMaxKeys } from './config/limits'
import { ConfigError } from './errors'
import { ExpressionCompiler } from './expression/compiler'
import { prepareWithPackage } from './flow/packaged-jsonata'
import type { Operator, Output } from './operator'
import { specs } from './operators'
import type { Message, StreamRecord } from './record'

/**
 * An operator by name. Where a JSONata expression of it has to be waited for (one that is not compiled, or recurses),
 * `prepare` is to be awaited with each record, and `process` throws without.
 */
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
  const prepare = ({ value }: StreamRecord): Promise<void> => compiler.prepare(value)
  return Object.assign(operator, compiler.isAsync ? awaiting(operator, prepare) : { prepare })
}

/** What has to be waited for would else be that of the record before. */
function awaiting(operator: Operator, evaluate: NamedOperator['prepare']): Pick<NamedOperator, 'prepare' | 'process'> {
  const take = operator.process.bind(operator)
  let prepared: Message | undefined
  return {
    async prepare(record) {
      await evaluate(record)
      prepared = record.value
    },
    process(record: StreamRecord, output: Output) {
      if (record.value !== prepared)
        throw new Error('await prepare(record) before process: a JSONata expression has to be waited for')
      take(record, output)
    }
  }
}
