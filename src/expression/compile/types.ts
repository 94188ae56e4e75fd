import { fail } from './errors'
import { isArray, isFunction, keysOf } from './values'

/** Is it a number? NaN is none. @throws D1001 for an infinite one */
export function isNumber(value: unknown): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false
  if (!Number.isFinite(value)) fail('D1001', { value })
  return true
}

export const isNumbers = (value: unknown): value is number[] => isArray(value) && allNumbers(value)
export const isStrings = (value: unknown): value is string[] => isArray(value) && value.every(isString)
const isString = (value: unknown): value is string => typeof value === 'string'

/** Looks at every item, as one of them may be infinite. */
function allNumbers(values: readonly unknown[]): boolean {
  let all = true
  for (const value of values) if (!isNumber(value)) all = false
  return all
}

/** JSONata's `$boolean`, with false for what does not exist. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return value.length > 0
  if (isArray(value)) return value.length === 1 ? isTrue(value[0]) : value.filter(isTrue).length > 0
  if (isNumber(value)) return value !== 0
  return typeof value === 'object' && keysOf(value).length > 0
}

/** Equal in type and content, objects whatever the order of their properties. */
export function equals(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (isArray(left) && isArray(right)) {
    if (left.length !== right.length) return false
    for (let i = 0; i < left.length; i++) if (!equals(left[i], right[i])) return false
    return true
  }
  const names = Object.getOwnPropertyNames(left)
  return (
    names.length === Object.getOwnPropertyNames(right).length &&
    names.every(name => Object.hasOwn(right, name)) &&
    names.sort().every(name => equals((left as Values)[name], (right as Values)[name]))
  )
}

type Values = Record<string, unknown>

/** JSONata's `$string` of what exists, as the evaluator of 2.1 or later has it (`isRecent`), or one before. */
export function toText(value: unknown, isRecent: boolean, isPretty = false): string {
  if (typeof value === 'string') return value
  if (isFunction(value)) return ''
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) fail('D3001', { value })
    return String(written(value, isRecent))
  }
  const content: unknown = isArray(value) && value.outerWrapper ? value[0] : value
  const replace = (_: string, part: unknown): unknown => {
    if (isNumber(part)) return written(part, isRecent)
    return isFunction(part) ? '' : part
  }
  return JSON.stringify(content, replace, isPretty ? 2 : 0)
}

/** Rounded to 15 digits; whole numbers are not since 2.1. */
function written(value: number, isRecent: boolean): number {
  return isRecent && Number.isInteger(value) ? value : Number(value.toPrecision(15))
}
