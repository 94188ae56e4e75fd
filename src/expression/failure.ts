import { RecordError, shortened, show } from '../errors'
import type { Message } from '../record'

/** What is told of a record whose expression fails, with the words of who evaluated it; the payload is shown once. */
export function failure(field: string, problem: string, { payload }: Message): RecordError {
  const shown = `, got ${show(payload)} at `
  // evaluators quote the value in full
  const told = shortened(problem, 400)
  return told.includes(shown)
    ? new RecordError(field, `failed: ${told.split(shown).join(' at ')}`, payload)
    : new RecordError(field, `failed: ${told}; payload`, payload)
}
