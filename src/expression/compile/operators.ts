import { arithmetic, negation } from './arithmetic'
import { equality, membership, ordering } from './comparison'
import { fail, located } from './errors'
import { type Node, Unsupported } from './node'
import type { Place } from './place'
import type { Code } from './scope'
import { isTrue, toText } from './types'
import type { Sequence } from './values'

/** An operator between two expressions. */
export function binary(node: Node, place: Place): Code {
  const { position } = node
  const token = String(node.value)
  const [leftNode, rightNode] = [node.lhs as Node, node.rhs as Node]
  const [left, right] = [place.code(leftNode), place.code(rightNode)]
  switch (token) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%': {
      const isConstant = rightNode.type === 'number' && !rightNode.predicate
      return arithmetic(token, left, right, position, isConstant ? (rightNode.value as number) : undefined)
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordering(token, left, right, position)
    case '=':
    case '!=':
      return equality(token === '=', left, right)
    case 'in':
      return membership(left, right)
    case 'and':
    case 'or':
      return logical(token, left, right, position)
    case '&':
      return concatenation(left, right, place, position)
    case '..':
      return range(left, right, position)
    default:
      throw new Unsupported(`the operator ${token} is left to the evaluator`)
  }
}

function logical(token: 'and' | 'or', left: Code, right: Code, position?: number): Code {
  const decides = token === 'or'
  return (input, frame) => {
    const first = left(input, frame)
    try {
      return isTrue(first) === decides ? decides : isTrue(right(input, frame))
    } catch (error) {
      throw located(error, position, token)
    }
  }
}

function concatenation(left: Code, right: Code, { isRecent }: Place, position?: number): Code {
  const text = (value: unknown): string => {
    if (typeof value === 'string') return value
    return value === undefined ? '' : toText(value, isRecent)
  }
  return (input, frame) => {
    const l = left(input, frame)
    const r = right(input, frame)
    try {
      return text(l) + text(r)
    } catch (error) {
      throw located(error, position, '&')
    }
  }
}

const maxRange = 1e7

function range(left: Code, right: Code, position?: number): Code {
  const bad = (code: string, value: unknown): never => fail(code, { position, token: '..', value })
  return (input, frame) => {
    const from = left(input, frame)
    const to = right(input, frame)
    if (from !== undefined && !Number.isInteger(from)) bad('T2003', from)
    if (to !== undefined && !Number.isInteger(to)) bad('T2004', to)
    if (from === undefined || to === undefined || (from as number) > (to as number)) return undefined
    const size = (to as number) - (from as number) + 1
    if (size > maxRange) bad('D2014', size)
    const items: Sequence = new Array<unknown>(size)
    // the first as it is: 0 added would make 0 of -0
    items[0] = from
    for (let i = 1; i < size; i++) items[i] = (from as number) + i
    items.sequence = true
    return items
  }
}

/** `-x`. */
export function minus(node: Node, place: Place): Code {
  return negation(place.code(node.expression as Node), node.position)
}
