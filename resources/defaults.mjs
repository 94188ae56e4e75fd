// The fields of a declaration as Node-RED's `defaults`.
import { problemOf } from './checks.mjs'
import { filledIn, valuesOf } from './values.mjs'
import { problemWords, wordsOfRow } from './words.mjs'

/** The fields of rows as Node-RED's `defaults`, each with a validator that gives its reason in words. */
export function defaultsOf(rows, say) {
  const defaults = { name: { value: '' } }
  for (const row of rows) {
    defaults[row.name] = {
      value: row.value,
      validate(value, options) {
        const problem = problemOf(row, { ...filledIn(valuesOf(this), rows), [row.name]: value ?? row.value })
        if (!problem) return true
        return `${options?.label ?? wordsOfRow(row, say)(`field.${row.name}`)}: ${problemWords(problem)}`
      }
    }
    if (row.kind === 'typed') defaults[`${row.name}Type`] = { value: row.types[0] }
  }
  return defaults
}
