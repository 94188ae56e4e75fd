import { type Callable, callable, invoke } from './callable'
import { fail } from './errors'
import type { Node } from './node'
import type { Code } from './scope'

/** One place where a pattern matches, and a function that finds the next. */
export interface Match {
  match: string
  start: number
  end: number
  groups: (string | undefined)[]
  next: Callable
}

/**
 * A regular expression is a function from a text to its first match. What stands left of `?:` or `??` the parser copies
 * by way of JSON, which loses the pattern: what is left matches the wrong texts, or goes on for ever.
 */
export function regex({ value, position }: Node): Code {
  if (!(value instanceof RegExp)) {
    fail('S0301', { position, message: 'a pattern left of ?: or ?? is lost as JSONata reads it: use a ? a : b' })
  }
  return () => {
    // its own place in the text, as the same expression may be at work further out
    const pattern = new RegExp(value)
    const find = (text: string, from: number): Match | undefined => {
      pattern.lastIndex = from
      const found = pattern.exec(text)
      if (found === null) return undefined
      const [match, ...groups] = found
      return { match, start: found.index, end: found.index + match.length, groups, next: callable('matcher', 0, next) }
      function next(): Match | undefined {
        if (pattern.lastIndex >= text.length) return undefined
        const following = find(text, pattern.lastIndex)
        if (following?.match === '') fail('D1004', { position, value: pattern.source })
        return following
      }
    }
    return callable('matcher', 2, ([text]) => find(text as string, 0))
  }
}

function checked(found: unknown): Match | undefined {
  const { start, end, groups, next } = (found ?? {}) as Partial<Match>
  const isMatch = typeof start === 'number' || (end as unknown) === 'number' || Array.isArray(groups)
  if (found && !isMatch && typeof next !== 'function') fail('T1010')
  return found as Match | undefined
}

/** The matches of a pattern, each found when it is asked for. */
export function* matches(pattern: unknown, text: string, limit = Infinity): Generator<Match> {
  let found = checked(invoke(pattern, text))
  for (let count = 0; found !== undefined && count < limit; count++) {
    yield found
    found = checked(invoke(found.next, undefined))
  }
}
