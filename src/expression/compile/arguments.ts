import { isArray, isFunction } from './values'

type Check = (value: unknown) => boolean

const isMissing: Check = value => value === undefined
const isText: Check = value => typeof value === 'string' || value === undefined
const isAny: Check = () => true

/** By the letter of the type; a missing argument is checked by nobody but functions. */
const checks: Record<string, Check> = {
  s: isText,
  n: value => typeof value === 'number' || value === undefined,
  b: value => typeof value === 'boolean' || value === undefined,
  o: value => isMissing(value) || (typeof value === 'object' && value !== null && !isArray(value)),
  a: value => isMissing(value) || isArray(value),
  f: isFunction,
  j: value => !isFunction(value),
  x: isAny,
  '(sf)': value => isText(value) || isFunction(value),
  '(nsb)': value => ['number', 'string', 'boolean', 'undefined'].includes(typeof value),
  'a<n>': value => isMissing(value) || (isArray(value) && value.every(item => typeof item === 'number')),
  'a<s>': value => isMissing(value) || (isArray(value) && value.every(item => typeof item === 'string')),
  'a<o>': value => isMissing(value) || (isArray(value) && value.every(item => checks.o(item) && !isMissing(item)))
}

const parameter = /(\([a-z]+\)|a<[a-z]>|[a-z])(?:<[a-z:]+>)?([-?+]*)/y

/**
 * A quick look at arguments: do they fit a signature as they stand, so that checking and completing them is needless?
 * False says nothing: JSONata's own check has the last word.
 */
export function quickCheck(signature: string): (args: readonly unknown[]) => boolean {
  const fits: Check[] = []
  let required = 0
  parameter.lastIndex = 1
  for (let found = parameter.exec(signature); found !== null; found = parameter.exec(signature)) {
    const [, type, marks] = found
    if (marks.includes('+')) return () => false
    if (!marks.includes('?')) required = fits.length + 1
    fits.push(checks[type])
  }
  if (fits.length === 1 && required === 1) {
    const [fit] = fits
    return args => args.length === 1 && fit(args[0])
  }
  return args => {
    if (args.length < required || args.length > fits.length) return false
    for (let i = 0; i < args.length; i++) if (!fits[i](args[i])) return false
    return true
  }
}
