import { ConfigError, RecordError } from '../errors'
import type { Message } from '../record'
import { written } from '../written'
import { hasUsualPrototype, isInherited, own } from './own'

/** Reads one value of a message. */
export type Getter = (message: Message) => unknown

/** A name (behind a dot but for the first), an index, or a name in quotes. */
const step = /(?:^|\.)([^.[\]"'\s]+)|\[(\d+)\]|(?:^|\[)(?:"([^"]+)"|'([^']+)')(?:\]|(?=[.[]|$))/y

/**
 * The names along a property path as Node-RED writes it: `payload.a[0]["b c"]` -> payload, a, 0, b c. A leading `msg.`
 * is left out, as there. @throws ConfigError naming `field`, with the place of the mistake
 */
function parsePath(path: string, field: string): string[] {
  const names: string[] = []
  step.lastIndex = path.startsWith('msg.') ? 'msg'.length : 0
  while (step.lastIndex < path.length) {
    const from = step.lastIndex
    const match = step.exec(path)
    if (!match || isTorn(match[0])) throw new ConfigError(field, mistake(path, from), path)
    names.push(match.slice(1).find(name => name !== undefined) as string)
  }
  if (names.length === 0) throw new ConfigError(field, 'must be a property path', path)
  return names
}

/** A quoted name has both brackets or none. */
const isTorn = (text: string): boolean => /["']/.test(text) && text.startsWith('[') !== text.endsWith(']')

function mistake(path: string, from: number): string {
  if (path.startsWith('[msg.', from)) return 'must be a property path without another one in its brackets'
  if (/^\[-\d/.test(path.slice(from))) return 'must be a property path; its indexes count from 0 on'
  return `must be a property path, but is none from character ${from + 1}`
}

/** The getters that were written so far: the same path is the same function, which V8 knows by then. */
const known = new Map<string, Getter>()

/** Reads a path of names that not every object inherits. */
function pathGetter(names: readonly string[]): Getter {
  const path = JSON.stringify(names)
  const getter = known.get(path) ?? write(names)
  // only time is lost with them
  if (known.size >= 1000) known.clear()
  known.set(path, getter)
  return getter
}

function write(names: readonly string[]): Getter {
  const steps = names.map(name => {
    const text = JSON.stringify(name)
    return `if (typeof value !== 'object' || value === null) return undefined
      value = hasUsualPrototype(value) ? value[${text}] : own(value, ${text})`
  })
  return written(`value => { ${steps.join('\n')}\n return value }`, { hasUsualPrototype, own })
}

/** A function that reads `path`; `undefined` where a step is missing. @throws ConfigError naming `field` */
export function propertyGetter(path: string, field: string): Getter {
  const names = parsePath(path, field)
  if (!names.some(isInherited)) return pathGetter(names)
  return message => {
    let value: unknown = message
    for (const name of names) value = own(value, name)
    return value
  }
}

/**
 * A function that sets `path`; objects on the way are made where missing.
 * @throws ConfigError naming `field` for a path that would write what objects inherit
 */
export function propertySetter(path: string, field: string): (message: Message, value: unknown) => void {
  const names = parsePath(path, field)
  const bad = names.find(isInherited)
  if (bad !== undefined) throw new ConfigError(field, `must not write ${bad}, which objects inherit`, path)
  const last = names.pop() as string
  return (message, value) => {
    let object = message as Record<string, unknown>
    try {
      for (const name of names) {
        object[name] ??= {}
        const next = object[name]
        if (typeof next !== 'object') throw new RecordError(path, `cannot be set, because ${name} is no object`, next)
        object = next as Record<string, unknown>
      }
      object[last] = value
    } catch (error) {
      if (error instanceof RecordError) throw error
      throw new RecordError(path, 'cannot be set, because what it is part of is frozen', object)
    }
  }
}
