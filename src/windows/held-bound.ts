import { BoundError } from '../errors'

/** The bound on held values of order statistics and collections; the newest is refused. */
export class HeldBound {
  private held = 0
  constructor(private readonly limit: number) {}

  /** @throws BoundError where `more` would be too many */
  check(more: number): void {
    if (more > 0 && this.held + more > this.limit) {
      throw new BoundError(
        'nodeMessageBufferMaxLength',
        `allows ${this.limit} held values; one more was refused`,
        this.held
      )
    }
  }

  change(by: number): void {
    this.held += by
  }

  clear(): void {
    this.held = 0
  }
}
