// Says what is wrong with a field. A problem is { key, ...values }: words are `problem.<key>` of the locale files.
import { reserved, resultNames, text } from './aggregate-names.mjs'
import { lacksUnit, parseDuration, spokenLength } from './duration.mjs'
import { functions } from './functions.mjs'
import { javascriptProblem, jsonataProblem, propertyProblem } from './syntax.mjs'

/** Is the text filled in from the environment when flows start? Then nobody can judge it here. */
export const isFromEnvironment = value => typeof value === 'string' && /^(\$\{[^}]+\}|\$\([A-Za-z_]\w*\))$/.test(value)

export function isTimezone(name) {
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }))
  } catch {
    return false
  }
}

const syntax = { msg: propertyProblem, jsonata: jsonataProblem, js: javascriptProblem }
const problemIf = (isWrong, key, values) => (isWrong ? { key, ...values } : undefined)

function durationProblem(value, { isPositive }) {
  const ms = parseDuration(value)
  if (ms === undefined) return { key: 'duration' }
  return problemIf(ms < 0, 'negative') ?? problemIf(isPositive && ms === 0, 'zero')
}

/** kind -> check of a text that is not empty; also gets the row's declaration and the type of a typed field. */
const kinds = {
  duration: durationProblem,
  signedDuration: value => problemIf(parseDuration(value) === undefined, 'signedDuration'),
  count: value => problemIf(!/^\d+$/.test(value) || !Number.isSafeInteger(Number(value)) || value < 1, 'count'),
  number: value => problemIf(!Number.isFinite(Number(value)), 'number'),
  timezone: value => problemIf(!isTimezone(value), 'timezone'),
  threshold: value => kinds.number(value),
  property: propertyProblem,
  text: () => undefined,
  choice: (value, { options }) => problemIf(!options.includes(value), 'choice', { value }),
  typed: (value, _row, type) => syntax[type]?.(value)
}

/** What is wrong with one row of aggregates among `rows`, whose results have these `names`. */
export function aggregateProblem(rows, i, names) {
  const { fn, field, fieldType, arg } = rows[i]
  if (!Object.hasOwn(functions, fn)) return { key: 'function', fn }
  const given = text(arg)
  const takes = functions[fn].arg
  if (!isFromEnvironment(given)) {
    if (takes === 'percent' && !(given !== '' && given >= 0 && given <= 100)) return { key: 'percent' }
    if (takes === 'duration' && given !== '' && !(parseDuration(given) > 0)) return { key: 'duration' }
  }
  const where = text(field)
  const wrong = where && !isFromEnvironment(where) ? syntax[fieldType || 'msg']?.(where) : undefined
  if (wrong) return wrong
  if (reserved.includes(names[i])) return { key: 'reserved', name: names[i], names: reserved.join(', ') }
  return problemIf(names.indexOf(names[i]) !== names.lastIndexOf(names[i]), 'sameName', { name: names[i] })
}

function firstAggregateProblem(rows) {
  const names = resultNames(rows)
  return rows.map((_, i) => aggregateProblem(rows, i, names)).find(problem => problem !== undefined)
}

/** The kind of a row; of some it depends on the other fields. */
const kindOf = (row, values) => (typeof row.kind === 'function' ? row.kind(values) : row.kind)

export const isShown = (row, values) => row.when === undefined || Boolean(row.when(values))

/** What is wrong with the field that `row` declares, among the `values` of the whole node. Hidden fields are never wrong. */
export function problemOf(row, values) {
  if (!isShown(row, values)) return undefined
  const kind = kindOf(row, values)
  if (kind === 'aggregates') return firstAggregateProblem(values[row.name] ?? [])
  const type = values[`${row.name}Type`]
  if (type === 'none' || type === 'auto' || type === 'arrival') return undefined
  const value = text(values[row.name])
  if (isFromEnvironment(value)) return undefined
  if (value === '') return problemIf(!row.isOptional && Object.hasOwn(kinds, kind), 'missing')
  return kinds[kind]?.(value, row, type) ?? row.also?.(value, values)
}

/** Is what is looked at the value of an expression, which no sample can know? */
const isComputed = ({ name, kind }, values) =>
  kind === 'aggregates'
    ? values[name].some(({ field, fieldType }) => fieldType === 'jsonata' && text(field) !== '')
    : values[`${name}Type`] === 'jsonata' && text(values[name]) !== ''

/**
 * Why a picture of the fields is an example only: one is `missing`, `wrong`, known to the `environment` alone, or an
 * `expression`.
 */
export function doubtOf(rows, values) {
  const problems = rows.map(row => problemOf(row, values)).filter(problem => problem !== undefined)
  if (problems.length > 0) return problems.every(({ key }) => key === 'missing') ? 'missing' : 'wrong'
  const shown = rows.filter(row => isShown(row, values))
  if (shown.some(({ name }) => isFromEnvironment(text(values[name])))) return 'environment'
  return shown.some(row => isComputed(row, values)) ? 'expression' : undefined
}

/** Must the user fill in the field, as nobody else can? */
export const isAskedFor = (row, values) =>
  row.value === '' && problemOf(row, { ...values, [row.name]: '' })?.key === 'missing'

const lengths = ['duration', 'signedDuration']

/** Is the field a length without a unit, of which a user should know that it is in ms? Nothing is as long in any unit. */
export const isInMilliseconds = (row, values) =>
  lengths.includes(kindOf(row, values)) && lacksUnit(values[row.name]) && Number(values[row.name]) !== 0

/** For `also`: the duration must be a multiple of the field `part`, as SQL wants it. */
export const multipleOf = part => (value, values) => {
  const size = parseDuration(value)
  const step = parseDuration(values[part])
  return problemIf(step > 0 && size % step !== 0, 'multiple', { part: spokenLength(values[part]) })
}

/** For `also`: not above the field `other`. */
export const atMost = other => (value, values) => {
  const limit = parseDuration(values[other])
  return problemIf(parseDuration(value) > limit, 'above', { limit: spokenLength(values[other]) })
}

/** For `also`: a number between `above` and `below`, both excluded. */
export const between = (above, below) => value => {
  if (below === Infinity) return problemIf(!(Number(value) > above), 'notAbove', { above })
  return problemIf(!(Number(value) > above && Number(value) < below), 'between', { above, below })
}

/** For `also`: a number below the field `other`, where that has one. */
export const below = other => (value, values) => {
  const limit = text(values[other])
  return problemIf(limit !== '' && Number(value) >= Number(limit), 'below', { limit })
}
