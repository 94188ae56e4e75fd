import { type Callable, invoke } from '../callable'
import { fail } from '../errors'
import { isTrue } from '../types'
import { emptySequence, keysOf, type Sequence, setOwn } from '../values'
import { type Builtin, builtin, ofDefined } from './builtin'

/** Calls with the value, and with its place and all values where the function takes them. */
function callWith(func: unknown, value: unknown, place: unknown, all: unknown): unknown {
  const { arity } = func as Callable
  if (arity >= 3) return invoke(func, value, place, all)
  return arity === 2 ? invoke(func, value, place) : invoke(func, value)
}

function map(items: readonly unknown[], func: unknown): Sequence {
  const mapped = emptySequence()
  for (let i = 0; i < items.length; i++) {
    const value = callWith(func, items[i], i, items)
    if (value !== undefined) mapped.push(value)
  }
  return mapped
}

function filter(items: readonly unknown[], func: unknown): Sequence {
  const kept = emptySequence()
  for (let i = 0; i < items.length; i++) if (isTrue(callWith(func, items[i], i, items))) kept.push(items[i])
  return kept
}

function single(items: readonly unknown[], func?: unknown): unknown {
  let found: number | undefined
  for (let i = 0; i < items.length; i++) {
    if (func !== undefined && !isTrue(callWith(func, items[i], i, items))) continue
    if (found !== undefined) fail('D3138', { index: i })
    found = i
  }
  return found === undefined ? fail('D3139') : items[found]
}

function reduce(items: readonly unknown[], func: unknown, start?: unknown): unknown {
  const { arity } = func as Callable
  if (arity < 2) fail('D3050', { index: 1 })
  const hasStart = start !== undefined || items.length === 0
  let value = hasStart ? start : items[0]
  for (let i = hasStart ? 0 : 1; i < items.length; i++) {
    const args = [value, items[i], i, items]
    value = invoke(func, ...args.slice(0, Math.max(2, arity)))
  }
  return value
}

type Properties = Record<string, unknown>

function each(object: Properties, func: unknown): Sequence {
  const found = emptySequence()
  for (const name of keysOf(object)) {
    const value = callWith(func, object[name], name, object)
    if (value !== undefined) found.push(value)
  }
  return found
}

function sift(object: Properties, func: unknown): unknown {
  const kept: Properties = {}
  for (const name of keysOf(object)) {
    if (isTrue(callWith(func, object[name], name, object))) setOwn(kept, name, object[name])
  }
  return Object.keys(kept).length === 0 ? undefined : kept
}

export const higherOrder: Record<string, Builtin> = {
  map: ofDefined('<af>', 2, map, true),
  filter: ofDefined('<af>', 2, filter, true),
  single: ofDefined('<af?>', 2, single),
  reduce: ofDefined('<afj?:j>', 3, reduce, true),
  each: builtin('<o-f:a>', 2, each),
  sift: builtin('<o-f?:o>', 2, sift)
}
