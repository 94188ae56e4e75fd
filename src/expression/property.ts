import { ConfigError, RecordError } from '../errors'
import type { Message } from '../record'

/** Reads one value of a message. */
export type Getter = (message: Message) => unknown

const inherited = (name: string): boolean => name in Object.prototype

/**
 * The names along a property path: `payload.a[0]["b c"]` -> payload, a, 0, b c.
 * @throws ConfigError naming `field`, with the place of the mistake
 */
export function parsePath(path: string, field: string): string[] {
  const names: string[] = []
  const step = /(?:^|\.)([^.[\]"'\s]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\]/y
  while (step.lastIndex < path.length) {
    const from = step.lastIndex
    const match = step.exec(path)
    if (!match) throw new ConfigError(field, `must be a property path, but is none from character ${from + 1}`, path)
    names.push(match[1] ?? match[2] ?? match[3].slice(1, -1).replace(/\\(.)/g, '$1'))
  }
  if (names.length === 0) throw new ConfigError(field, 'must be a property path', path)
  return names
}

/** Own properties only: what an object inherits is not data. */
function own(object: unknown, name: string): unknown {
  if (object === null || object === undefined || !Object.hasOwn(object, name)) return undefined
  return (object as Record<string, unknown>)[name]
}

/** One step of a path, fast where a plain read cannot meet anything inherited but a method. */
function stepGetter(name: string): (object: unknown) => unknown {
  if (inherited(name)) return object => own(object, name)
  return object => {
    if (object === null || object === undefined) return undefined
    const value = (object as Record<string, unknown>)[name]
    return typeof value === 'function' ? own(object, name) : value
  }
}

/** A function that reads `path`; `undefined` where a step is missing. @throws ConfigError naming `field` */
export function propertyGetter(path: string, field: string): Getter {
  const steps = parsePath(path, field).map(stepGetter)
  const [first, second] = steps
  if (steps.length === 1) return first
  if (steps.length === 2) return message => second(first(message))
  return message => {
    let value: unknown = message
    for (const step of steps) value = step(value)
    return value
  }
}

/**
 * A function that sets `path`; objects on the way are made where missing.
 * @throws ConfigError naming `field` for a path that would write what objects inherit
 */
export function propertySetter(path: string, field: string): (message: Message, value: unknown) => void {
  const names = parsePath(path, field)
  const bad = names.find(inherited)
  if (bad !== undefined) throw new ConfigError(field, `must not write ${bad}, which objects inherit`, path)
  const last = names.pop() as string
  return (message, value) => {
    let object = message as Record<string, unknown>
    for (const name of names) {
      object[name] ??= {}
      const next = object[name]
      if (typeof next !== 'object') throw new RecordError(path, `cannot be set, because ${name} is no object`, next)
      object = next as Record<string, unknown>
    }
    object[last] = value
  }
}
