import { choice, readConfig, text } from '../config/fields'
import { propertySetter } from '../expression/property'
import { stateless } from '../operator'
import type { NodeSpec } from './spec'

const fields = { expression: text(''), expressionType: choice(['jsonata', 'js'], 'jsonata'), target: text('payload') }

/** Sets one property of each message to the value of an expression. */
export const map: NodeSpec = {
  type: 'stream-map',
  fields,
  stateFields: [],
  create(raw, { compiler }) {
    const { expression, expressionType, target } = readConfig(fields, raw)
    const evaluate = compiler.expression(expression, expressionType, 'expression')
    const set = propertySetter(target, 'target')
    return stateless((record, output) => {
      set(record.value, evaluate(record))
      output.emit(record.value, record.time, record.key)
    })
  },
  takesUpdates: true,
  makesMessages: false,
  toRow: ({ payload }) => payload
}
