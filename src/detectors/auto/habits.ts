import { levels, Pairs } from './pairs'
import { Tail, tailOfSizes } from './tail'

const levelsPerSigma = 2

/** Fourth evidence: this level does not follow upon the levels of one and of four records ago. */
export class Habits {
  private readonly tail = tailOfSizes()
  private readonly afterOne = new Pairs()
  private readonly afterFour = new Pairs()
  /** Levels of the last four records, newest first. */
  private recent: number[] = []
  private level = 0
  private oddity = 0

  /** `distance` of the value from the mean in deviations. */
  surprise(distance: number): number {
    const { recent } = this
    const level = Math.round(distance * levelsPerSigma) + levels / 2
    this.level = level < 0 ? 0 : level < levels ? level : levels - 1
    let share = 1
    if (recent.length > 0) share *= this.afterOne.share(recent[0], this.level)
    if (recent.length > 3) share *= this.afterFour.share(recent[3], this.level)
    this.oddity = -Math.log(share)
    return this.tail.surprise(this.oddity)
  }

  learn(): void {
    const { recent, level } = this
    this.tail.add(this.oddity)
    if (recent.length > 0) this.afterOne.add(recent[0], level)
    if (recent.length > 3) this.afterFour.add(recent[3], level)
    else recent.push(level)
    for (let i = recent.length - 1; i > 0; i--) recent[i] = recent[i - 1]
    recent[0] = level
  }

  snapshot(): HabitsSnapshot {
    const { tail, afterOne, afterFour, recent } = this
    return {
      tail: tail.snapshot(),
      afterOne: afterOne.snapshot(),
      afterFour: afterFour.snapshot(),
      recent: [...recent]
    }
  }

  restore({ tail, afterOne, afterFour, recent }: HabitsSnapshot): void {
    this.tail.restore(tail)
    this.afterOne.restore(afterOne)
    this.afterFour.restore(afterFour)
    this.recent = [...recent]
  }
}

interface HabitsSnapshot {
  tail: ReturnType<Tail['snapshot']>
  afterOne: ReturnType<Pairs['snapshot']>
  afterFour: ReturnType<Pairs['snapshot']>
  recent: number[]
}
