// Fields as numbers, for pictures: where a field is empty, wrong or filled in from the environment, another number stands in.
import { parseDuration } from './duration.mjs'

export function countOf(value, otherwise) {
  const n = Number(value)
  return Number.isSafeInteger(n) && n >= 1 ? n : otherwise
}

export function durationOf(value, otherwise) {
  const ms = parseDuration(value)
  return ms > 0 ? ms : otherwise
}

export function numberOf(value, otherwise) {
  const text = String(value ?? '').trim()
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : otherwise
}
