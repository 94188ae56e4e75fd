import { RecordError } from '../errors'
import type { Message } from '../record'

/** What is told of a record whose expression fails, with the words of who evaluated it. */
export const failure = (field: string, problem: string, { payload }: Message): RecordError =>
  new RecordError(field, `failed: ${problem}; payload`, payload)
