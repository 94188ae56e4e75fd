import { RecordError } from './errors'

/**
 * A numeric value: numbers, numeric text and booleans (1/0). `null` and `undefined` are SQL's NULL: `null`.
 * @throws RecordError naming `property` for anything else: `''`, text, NaN, Infinity, objects
 */
export function toNumber(value: unknown, property: string): number | null {
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value
  } else if (value === null || value === undefined) {
    return null
  } else if (typeof value === 'boolean') {
    return value ? 1 : 0
  } else if (typeof value === 'string') {
    const number = Number(value)
    if (value.trim() !== '' && Number.isFinite(number)) return number
  }
  throw new RecordError(property, 'must be a number', value)
}
