import { RecordError, toError } from '../errors'
import type { Message } from '../record'
import { headerOf } from './header'

/**
 * The elements of a batch, each as its message with the element as payload; those that are not final have a window that
 * says so. @throws RecordError where it is no array
 */
export function elementsOf(message: Message): Message[] {
  const { payload } = message
  if (!Array.isArray(payload)) throw new RecordError('payload', 'must be an array (batch)', payload)
  const kinds = headerOf(message)?.kinds
  return (payload as unknown[]).map((element, i) => {
    const kind = kinds?.[i] ?? undefined
    return { ...message, payload: element, ...(kind !== undefined && { window: { kind } }) }
  })
}

/** What went wrong in a batch: one error that counts the bad elements and quotes the first. */
export class BatchErrors {
  private first: Error | undefined
  private bad = 0
  private all = 0

  try(work: () => void): void {
    this.all++
    try {
      work()
    } catch (error) {
      this.bad++
      this.first ??= toError(error)
    }
  }

  throwAny({ payload }: Message): void {
    if (this.first === undefined) return
    const problem = `has ${this.bad} bad of ${this.all} elements, the first: ${this.first.message}; payload`
    throw new RecordError('payload', problem, payload)
  }
}
