import { choice, readConfig, text } from '../config/fields'
import { stateless } from '../operator'
import type { NodeSpec } from './spec'

const fields = { condition: text(''), conditionType: choice(['jsonata', 'js'], 'jsonata') }

/** JSONata's $boolean: empty and all-false arrays, empty objects and functions are false. */
function toBoolean(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 1 ? toBoolean(value[0]) : value.some(toBoolean)
  if (typeof value === 'function') return false
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value)
}

/** Passes the messages for which a condition is true; the others go to output 2. */
export const filter: NodeSpec = {
  type: 'stream-filter',
  fields,
  stateFields: [],
  create(raw, { compiler }) {
    const { condition, conditionType } = readConfig(fields, raw)
    const evaluate = compiler.expression(condition, conditionType, 'condition')
    const isTrue = conditionType === 'js' ? Boolean : toBoolean
    return stateless((record, output) => {
      if (isTrue(evaluate(record))) output.emit(record.value, record.time, record.key)
      else output.divert(record.value, record.time, record.key)
    })
  },
  takesUpdates: true,
  makesMessages: false,
  toRow: ({ payload }) => payload
}
