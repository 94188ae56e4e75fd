import { ExpressionError, located } from './errors'
import { isNumber } from './types'
import type { Code } from './scope'

type Operation = (left: number, right: number) => number

const operations: Record<string, Operation> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right
}

/** The whole rule: a missing side makes nothing, what is no finite number an error. */
function careful(left: unknown, right: unknown, token: string, position: number | undefined): number | undefined {
  try {
    if (left !== undefined && !isNumber(left)) throw new ExpressionError('T2001', { value: left })
    if (right !== undefined && !isNumber(right)) throw new ExpressionError('T2002', { value: right })
  } catch (error) {
    throw located(error, position, token)
  }
  return left === undefined || right === undefined ? undefined : operations[token](left, right)
}

/**
 * `+ - * / %` of numbers. Each operator has functions of its own, and one more for a number on its right, because the
 * engine makes far better code of them than of one that takes the operator as a value.
 */
export function arithmetic(token: string, left: Code, right: Code, position?: number, constant?: number): Code {
  const rest = (l: unknown, r: unknown): number | undefined => careful(l, r, token, position)
  if (constant !== undefined && Number.isFinite(constant)) return byConstant(token, left, constant, rest)
  switch (token) {
    case '+':
      return (input, frame) => {
        const l = left(input, frame)
        const r = right(input, frame)
        if (typeof l !== 'number' || typeof r !== 'number') return rest(l, r)
        const value = l + r
        // a finite sum, difference or product has finite parts
        return Number.isFinite(value) ? value : rest(l, r)
      }
    case '-':
      return (input, frame) => {
        const l = left(input, frame)
        const r = right(input, frame)
        if (typeof l !== 'number' || typeof r !== 'number') return rest(l, r)
        const value = l - r
        return Number.isFinite(value) ? value : rest(l, r)
      }
    case '*':
      return (input, frame) => {
        const l = left(input, frame)
        const r = right(input, frame)
        if (typeof l !== 'number' || typeof r !== 'number') return rest(l, r)
        const value = l * r
        return Number.isFinite(value) ? value : rest(l, r)
      }
    case '/':
      return (input, frame) => {
        const l = left(input, frame)
        const r = right(input, frame)
        return typeof l === 'number' && Number.isFinite(l) && typeof r === 'number' && Number.isFinite(r)
          ? l / r
          : rest(l, r)
      }
    default:
      return (input, frame) => rest(left(input, frame), right(input, frame))
  }
}

type Rest = (left: unknown, right: unknown) => number | undefined

function byConstant(token: string, left: Code, right: number, rest: Rest): Code {
  switch (token) {
    case '+':
      return (input, frame) => {
        const l = left(input, frame)
        return typeof l === 'number' && Number.isFinite(l) ? l + right : rest(l, right)
      }
    case '-':
      return (input, frame) => {
        const l = left(input, frame)
        return typeof l === 'number' && Number.isFinite(l) ? l - right : rest(l, right)
      }
    case '*':
      return (input, frame) => {
        const l = left(input, frame)
        return typeof l === 'number' && Number.isFinite(l) ? l * right : rest(l, right)
      }
    case '/':
      return (input, frame) => {
        const l = left(input, frame)
        return typeof l === 'number' && Number.isFinite(l) ? l / right : rest(l, right)
      }
    default:
      return (input, frame) => rest(left(input, frame), right)
  }
}

/** `-x`. */
export function negation(operand: Code, position?: number): Code {
  return (input, frame) => {
    const value = operand(input, frame)
    if (value === undefined) return undefined
    if (isNumber(value)) return -value
    throw new ExpressionError('D1002', { position, token: '-', value })
  }
}
