import { BoundError, toError } from '../errors'

/** Handles messages one after the other although each may have to wait, and refuses more than it can hold. */
export class OrderedQueue {
  private waiting = 0
  private tail: Promise<unknown> = Promise.resolve()

  constructor(private readonly limit: number) {}

  /** Is nothing waited for? */
  get isEmpty(): boolean {
    return this.waiting === 0
  }

  /** Resolves when all that is waited for now has been handled. */
  get settled(): Promise<unknown> {
    return this.tail
  }

  /** Runs `work` when all before it has ended; resolves to what went wrong. Too many: they are refused. */
  run(work: () => Promise<void>): Promise<Error | undefined> {
    if (this.waiting >= this.limit) {
      const problem = `allows ${this.limit} messages that wait; one more was refused`
      return Promise.resolve(new BoundError('queue', problem, this.waiting))
    }
    return this.enqueue(() => work().then(() => undefined, toError))
  }

  /** Runs what is no message, and never refused, when all before it has ended; what comes behind waits for a promise of it. */
  follow(work: () => unknown): void {
    void this.enqueue(() => Promise.resolve().then(work))
  }

  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    this.waiting++
    const result = this.tail.then(work).finally(() => this.waiting--)
    // what fails must not stop what comes behind
    this.tail = result.catch(() => undefined)
    return result
  }
}
