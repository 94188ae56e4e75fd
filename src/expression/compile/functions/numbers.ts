import { fail } from '../errors'
import { isTrue } from '../types'
import { type Builtin, builtin, ofDefined } from './builtin'

const decimal = /^-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?$/
/** As JSONata has it: the anchors hold for the first and for the last alternative only. */
const otherBase = /^(?:0[xX][0-9A-Fa-f]+)|(?:0[oO][0-7]+)|(?:0[bB][0-1]+)$/

function number(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string') {
    if (decimal.test(value) && Number.isFinite(Number(value))) return Number(value)
    if (otherBase.test(value)) return Number(value)
  }
  return fail('D3030', { value, index: 1 })
}

/** Moves the decimal point in the text of the number, where no digit is lost. */
function shift(value: number, places: number): number {
  const [digits, exponent = '0'] = value.toString().split('e')
  return Number(`${digits}e${Number(exponent) + places}`)
}

/** To the nearest, a half to the even neighbour. */
export function round(value: number, places?: number): number {
  const moved = places ? shift(value, places) : value
  let rounded = Math.round(moved)
  if (Math.abs(rounded - moved) === 0.5 && Math.abs(rounded % 2) === 1) rounded--
  if (places) rounded = shift(rounded, -places)
  return rounded === 0 ? 0 : rounded
}

function formatBase(value: number, radix?: number): string {
  const base = radix === undefined ? 10 : round(radix)
  if (base < 2 || base > 36) fail('D3100', { value: base })
  return round(value).toString(base)
}

function sqrt(value: number): number {
  if (value < 0) fail('D3060', { value, index: 1 })
  return Math.sqrt(value)
}

function power(value: number, exponent: number): number {
  const found = Math.pow(value, exponent)
  if (!Number.isFinite(found)) fail('D3061', { value, exp: exponent, index: 1 })
  return found
}

function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** Of at least one number. */
const ofSome = (statistic: (values: readonly number[]) => number): Builtin =>
  ofDefined('<a<n>:n>', 1, (values: readonly number[]) => (values.length === 0 ? undefined : statistic(values)))

export const numbers: Record<string, Builtin> = {
  number: ofDefined('<(nsb)-:n>', 1, number),
  abs: ofDefined('<n-:n>', 1, Math.abs),
  floor: ofDefined('<n-:n>', 1, Math.floor),
  ceil: ofDefined('<n-:n>', 1, Math.ceil),
  round: ofDefined('<n-n?:n>', 2, round, true),
  sqrt: ofDefined('<n-:n>', 1, sqrt),
  power: ofDefined('<n-n:n>', 2, power, true),
  formatBase: ofDefined('<n-n?:s>', 2, formatBase, true),
  random: builtin('<:n>', 0, Math.random),
  sum: ofDefined('<a<n>:n>', 1, sum),
  max: ofSome(values => Math.max(...values)),
  min: ofSome(values => Math.min(...values)),
  average: ofSome(values => sum(values) / values.length),
  boolean: ofDefined('<x-:b>', 1, isTrue),
  not: ofDefined('<x-:b>', 1, (value: unknown) => !isTrue(value)),
  exists: builtin('<x:b>', 1, (value: unknown) => value !== undefined)
}
