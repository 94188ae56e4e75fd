import { systemClock } from '../../../time/clock'
import { fail } from '../errors'
import type { Run } from '../scope'
import { type Builtin, ofDefined } from './builtin'

/** ISO 8601 as `$toMillis` takes it, whole or cut short. */
const iso = /^\d{4}(-[01]\d)?(-[0-3]\d)?(T[0-2]\d:[0-5]\d:[0-5]\d)?(\.\d+)?([+-][0-2]\d:?[0-5]\d|Z)?$/

function toMillis(text: string): number {
  if (!iso.test(text)) fail('D3110', { value: text })
  return Date.parse(text)
}

/** The clock is read once for an evaluation, so that all of it happens at one time. */
const now = (run: Run): number => (run.now ??= systemClock.now())

export const dates: Record<string, Builtin> = {
  millis: { signature: '<:n>', arity: 0, isPartial: false, run: (_, run) => now(run) },
  toMillis: { ...ofDefined('<s-s?:n>', 2, toMillis), maxArguments: 1 }
}
