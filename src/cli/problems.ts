const mostShown = 10

/** Tells of bad records on stderr: the first ten, then a count. */
export class Problems {
  private count = 0

  constructor(private readonly summary: (count: number) => string) {}

  add(text: string): void {
    if (++this.count <= mostShown) console.error(text)
  }

  end(): void {
    if (this.count > 0) console.error(this.summary(this.count))
  }
}
