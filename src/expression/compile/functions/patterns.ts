import { invoke } from '../callable'
import { fail } from '../errors'
import { type Match, matches } from '../regex'
import { emptySequence, type Sequence } from '../values'
import { type Builtin, ofDefined } from './builtin'

/** @throws the error `code` where a limit is given and negative */
function checkLimit(limit: number | undefined, code: string, index: number): void {
  if (limit !== undefined && limit < 0) fail(code, { value: limit, index })
}

function contains(text: string, token: unknown): boolean {
  if (typeof token === 'string') return text.includes(token)
  for (const _ of matches(token, text, 1)) return true
  return false
}

function match(text: string, pattern: unknown, limit?: number): Sequence {
  checkLimit(limit, 'D3040', 3)
  const found = emptySequence()
  if (limit === 0) return found
  for (const { match, start, groups } of matches(pattern, text, limit)) found.push({ match, index: start, groups })
  return found
}

function split(text: string, separator: unknown, limit?: number): string[] {
  checkLimit(limit, 'D3020', 3)
  if (limit === 0) return []
  if (typeof separator === 'string') return text.split(separator, limit)
  const parts: string[] = []
  let from = 0
  for (const { start, end } of matches(separator, text, limit)) {
    parts.push(text.substring(from, start))
    from = end
  }
  if (limit === undefined || parts.length < limit) parts.push(text.substring(from))
  return parts
}

function replace(text: string, pattern: unknown, replacement: unknown, limit?: number): string {
  if (pattern === '') fail('D3010', { value: pattern, index: 2 })
  checkLimit(limit, 'D3011', 4)
  if (limit === 0) return text
  return typeof pattern === 'string'
    ? replaceText(text, pattern, String(replacement), limit)
    : replaceMatches(text, pattern, replacement, limit)
}

function replaceText(text: string, part: string, replacement: string, limit = Infinity): string {
  let made = ''
  let from = 0
  let at = text.indexOf(part)
  for (let count = 0; at >= 0 && count < limit; count++) {
    made += text.substring(from, at) + replacement
    from = at + part.length
    at = text.indexOf(part, from)
  }
  return made + text.substring(from)
}

function replaceMatches(text: string, pattern: unknown, replacement: unknown, limit?: number): string {
  let made = ''
  let from = 0
  for (const found of matches(pattern, text, limit)) {
    const inserted = typeof replacement === 'string' ? fill(replacement, found) : invoke(replacement, found)
    if (typeof inserted !== 'string') fail('D3012', { value: inserted })
    made += text.substring(from, found.start) + inserted
    from = found.start + found.match.length
  }
  return made + text.substring(from)
}

/** `$0` is the match, `$1` its first group, `$$` a dollar; as many digits count as there can be groups. */
function fill(template: string, { match, groups }: Match): string {
  const maxDigits = groups.length === 0 ? 1 : Math.floor(Math.log(groups.length) * Math.LOG10E) + 1
  let filled = ''
  let from = 0
  for (let at = template.indexOf('$'); at >= 0 && from < template.length; at = template.indexOf('$', from)) {
    filled += template.slice(from, at)
    from = at + 1
    const next = template[from]
    if (next === '$' || next === '0') {
      filled += next === '$' ? '$' : match
      from++
      continue
    }
    let group = parseInt(template.slice(from, from + maxDigits), 10)
    if (maxDigits > 1 && group > groups.length) group = parseInt(template.slice(from, from + maxDigits - 1), 10)
    if (Number.isNaN(group)) filled += '$'
    else {
      filled += groups[group - 1] ?? ''
      from += String(group).length
    }
  }
  return filled + template.slice(from)
}

export const patterns: Record<string, Builtin> = {
  contains: {
    signature: '<s-(sf):b>',
    arity: 2,
    isPartial: true,
    // without a token, evaluators before 2.1 fail
    run: ([text, token], { isRecent }) =>
      text === undefined || (token === undefined && isRecent) ? undefined : contains(text as string, token)
  },
  match: ofDefined('<s-f<s:o>n?:a<o>>', 3, match),
  split: ofDefined('<s-(sf)n?:a<s>>', 3, split, true),
  replace: ofDefined('<s-(sf)(sf)n?:s>', 4, replace, true)
}
