import { ExpressionError } from './errors'
import { equals } from './types'
import { isArray } from './values'
import type { Code } from './scope'

/** Only numbers and strings have an order. */
const isComparable = (value: unknown): boolean =>
  value === undefined || typeof value === 'string' || typeof value === 'number'

type Rest = (left: unknown, right: unknown) => boolean | undefined

/** The whole rule: a missing side makes nothing, what has no order or another type an error. */
function careful(token: string, position: number | undefined): Rest {
  return (left, right) => {
    if (!isComparable(left) || !isComparable(right)) {
      const isLeftGood = typeof left === 'string' || typeof left === 'number'
      throw new ExpressionError('T2010', { position, token, value: isLeftGood ? right : left })
    }
    if (left === undefined || right === undefined) return undefined
    if (typeof left !== typeof right) {
      throw new ExpressionError('T2009', { position, token, value: left, value2: right })
    }
    return compare(token, left as string, right as string)
  }
}

function compare(token: string, left: string, right: string): boolean {
  switch (token) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    default:
      return left >= right
  }
}

/** `< <= > >=`: as in arithmetic, each with a function of its own for two numbers. */
export function ordering(token: string, left: Code, right: Code, position?: number): Code {
  const rest = careful(token, position)
  switch (token) {
    case '<':
      return (input, frame) => {
        const l = left(input, frame)
        const r = right(input, frame)
        return typeof l === 'number' && typeof r === 'number' ? l < r : rest(l, r)
      }
    case '<=':
      return (input, frame) => {
        const l = left(input, frame)
        const r = right(input, frame)
        return typeof l === 'number' && typeof r === 'number' ? l <= r : rest(l, r)
      }
    case '>':
      return (input, frame) => {
        const l = left(input, frame)
        const r = right(input, frame)
        return typeof l === 'number' && typeof r === 'number' ? l > r : rest(l, r)
      }
    default:
      return (input, frame) => {
        const l = left(input, frame)
        const r = right(input, frame)
        return typeof l === 'number' && typeof r === 'number' ? l >= r : rest(l, r)
      }
  }
}

/** `=` and `!=`: both are false where a side is missing. */
export function equality(isEqual: boolean, left: Code, right: Code): Code {
  return (input, frame) => {
    const l = left(input, frame)
    const r = right(input, frame)
    return l !== undefined && r !== undefined && equals(l, r) === isEqual
  }
}

/** `in`: is it an item of the right side? Objects and arrays only if they are the very same. */
export function membership(left: Code, right: Code): Code {
  return (input, frame) => {
    const item = left(input, frame)
    const items = right(input, frame)
    if (item === undefined || items === undefined) return false
    return isArray(items) ? items.indexOf(item) >= 0 : items === item
  }
}
