/** Work that is done once a turn of the event loop, behind the messages of that turn, however many asked for it. */
export class OncePerTurn {
  private pending: NodeJS.Immediate | undefined

  constructor(private readonly work: () => void) {}

  ask(): void {
    this.pending ??= setImmediate(() => {
      this.pending = undefined
      this.work()
    })
  }

  stop(): void {
    clearImmediate(this.pending)
    this.pending = undefined
  }
}
