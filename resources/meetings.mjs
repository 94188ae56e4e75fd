// Which records of two sides meet under the current settings, for pictures. Places are hundredths of the axis.
import { isFromEnvironment } from './checks.mjs'
import { parseDuration } from './duration.mjs'
import { durationOf } from './numbers.mjs'

/** Where the records of the two sides stand; the first one finds no right record before it. */
export const left = [3, 30, 47, 66, 84]
export const right = [6, 25, 33, 50, 73, 95]

/** The length of a window on the axis. */
export const windowLength = 34

/** Pairs [index of left, index of right] per mode. */
const pairs = {
  interval: ({ lower, upper, unit }) => allWhere((l, r) => r >= l + lower / unit && r <= l + upper / unit),
  window: () => allWhere((l, r) => Math.floor(l / windowLength) === Math.floor(r / windowLength)),
  latest({ ttl, unit }) {
    const newest = l => right.filter(r => r <= l).length - 1
    return allWhere((l, r) => right.indexOf(r) === newest(l) && l - r <= ttl / unit)
  }
}

const allWhere = isMet => left.flatMap((l, i) => right.flatMap((r, j) => (isMet(l, r) ? [[i, j]] : [])))

const wildcards = topic => topic.split('/').filter(level => level === '+').length

/** Are the keys of the two sides so different that no record can meet another? Without a `+` the key is empty. */
export function areApart({ left, right, leftKey, rightKey }) {
  if (left === '' || isFromEnvironment(left) || isFromEnvironment(right) || (leftKey && rightKey)) return false
  if (leftKey) return wildcards(right) === 0
  if (rightKey) return wildcards(left) === 0
  return wildcards(left) !== wildcards(right)
}

/** { pairs, unit, lower, upper, ttl } of a join's settings; `unit` is ms of a hundredth of the axis. */
export function meetingsOf(values) {
  const lower = parseDuration(values.lower) ?? -5000
  const upper = parseDuration(values.upper) ?? 5000
  const ttl = durationOf(values.ttl, Infinity)
  const units = {
    interval: Math.max(Math.abs(lower), Math.abs(upper), 1) / 10,
    window: durationOf(values.size, 300_000) / windowLength,
    latest: ttl === Infinity ? 1000 : ttl / 12
  }
  const mode = Object.hasOwn(pairs, values.mode) ? values.mode : 'latest'
  const bounds = { lower, upper, ttl, unit: units[mode] }
  return { ...bounds, pairs: areApart(values) ? [] : pairs[mode](bounds) }
}
