const mostShown = 10

/** Tells of bad records: the first ten, then a count. */
export class Problems {
  private count = 0

  constructor(
    private readonly tell: (text: string) => void,
    private readonly summary: (count: number) => string
  ) {}

  add(text: string): void {
    if (++this.count <= mostShown) this.tell(text)
  }

  end(): void {
    if (this.count > 0) this.tell(this.summary(this.count))
  }
}
