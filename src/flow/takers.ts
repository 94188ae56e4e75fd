import { toError } from '../errors'
import type { Message } from '../record'

/** The functions that take messages: what the first of them throws is kept, and what they promise is waited for. */
export class Takers {
  failure: Error | undefined
  private taking: Promise<void>[] = []

  readonly fail = (error: unknown): void => void (this.failure ??= toError(error))

  /** Hands messages to `take`, until something has failed; never throws: a stage would take it for the fault of its record. */
  taker(take: (message: Message) => unknown): (message: Message) => void {
    return message => {
      if (this.failure !== undefined) return
      try {
        const taken = take(message)
        if (isPromise(taken)) this.taking.push(Promise.resolve(taken).then(() => undefined, this.fail))
      } catch (error) {
        this.fail(error)
      }
    }
  }

  /** Resolves when all that was promised so far is done; `undefined` where nothing was. */
  taken(): Promise<unknown> | undefined {
    if (this.taking.length === 0) return undefined
    const { taking } = this
    this.taking = []
    return Promise.all(taking)
  }
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
