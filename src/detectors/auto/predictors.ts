import type { Timestamp } from '../../record'
import { Profile, type ProfileSnapshot } from '../profile'
import { Cycle } from './cycle'
import type { History } from './history'

const day = 86_400_000

/** Weight of the newest error. */
const errorWeight = 0.02
/** Weight of the newest error of what a level is measured against: it is to change seldom. */
const slowErrorWeight = 0.005

/** Simple forecasts of the next value, each with its recent mean absolute error: NaN where there is none yet. */
class Contest {
  readonly forecasts: number[]
  private readonly errors: number[]

  constructor(
    private readonly size: number,
    private readonly weight: number,
    /** The first forecast is left only for one whose error is this much smaller. */
    private readonly advantage: number
  ) {
    this.forecasts = new Array<number>(size).fill(NaN)
    this.errors = new Array<number>(size).fill(NaN)
  }

  /** The forecast that was best lately; NaN before there is any. */
  best(): number {
    const { forecasts, errors, size } = this
    let best = 0
    let least = Infinity
    for (let i = 0; i < size; i++) {
      const error = i === 0 ? errors[0] * this.advantage : errors[i]
      if (forecasts[i] === forecasts[i] && error < least) {
        least = error
        best = i
      }
    }
    return forecasts[best]
  }

  learn(value: number): void {
    const { forecasts, errors, size, weight } = this
    for (let i = 0; i < size; i++) {
      if (forecasts[i] !== forecasts[i]) continue
      const error = Math.abs(value - forecasts[i])
      errors[i] = errors[i] === errors[i] ? errors[i] + weight * (error - errors[i]) : error
    }
  }

  forget(i: number): void {
    this.errors[i] = NaN
  }

  snapshot(): (number | null)[] {
    return this.errors.map(error => (Number.isNaN(error) ? null : error))
  }

  restore(saved: readonly (number | null)[]): void {
    for (let i = 0; i < this.size; i++) this.errors[i] = saved[i] ?? NaN
  }
}

/**
 * What comes next, by the best recent of: the last value, a fast and a slower mean, the same time of the day, of the
 * week, and one cycle ago. And what the level should be, by the best of a slow mean, day, week and cycle.
 */
export class Predictors {
  private readonly next = new Contest(6, errorWeight, 1)
  private readonly level = new Contest(4, slowErrorWeight, 0.8)
  private readonly byDay = new Profile(day, 288, 0.3)
  private readonly byWeek = new Profile(7 * day, 2016, 0.5)
  readonly cycle: Cycle
  private fast = NaN
  private slower = NaN

  constructor(private readonly history: History) {
    this.cycle = new Cycle(history)
  }

  /** Makes the forecasts for `time`; `mean` is the slow one. */
  look(time: Timestamp, mean: number): void {
    const { history, cycle } = this
    const { forecasts: next } = this.next
    const { forecasts: level } = this.level
    next[0] = history.count > 0 ? history.ago(1) : NaN
    next[1] = this.fast
    next[2] = this.slower
    next[3] = level[1] = this.byDay.at(time)
    next[4] = level[2] = this.byWeek.at(time)
    next[5] = level[3] = cycle.lag > 0 ? history.ago(cycle.lag) : NaN
    level[0] = history.count > 0 ? mean : NaN
  }

  get expected(): number {
    return this.next.best()
  }

  get expectedLevel(): number {
    return this.level.best()
  }

  /** Takes in the value of the time looked at; the history has it already. */
  learn(value: number, time: Timestamp): void {
    this.next.learn(value)
    this.level.learn(value)
    this.byDay.add(value, time)
    this.byWeek.add(value, time)
    this.fast = this.fast === this.fast ? this.fast + 0.2 * (value - this.fast) : value
    this.slower = this.slower === this.slower ? this.slower + 0.02 * (value - this.slower) : value
    const { lag } = this.cycle
    this.cycle.learn()
    if (this.cycle.lag === lag) return
    this.next.forget(5)
    this.level.forget(3)
  }

  snapshot(): PredictorsSnapshot {
    return {
      next: this.next.snapshot(),
      level: this.level.snapshot(),
      byDay: this.byDay.snapshot(),
      byWeek: this.byWeek.snapshot(),
      lag: this.cycle.lag,
      means: Number.isNaN(this.fast) ? null : [this.fast, this.slower]
    }
  }

  restore(saved: PredictorsSnapshot): void {
    this.next.restore(saved.next)
    this.level.restore(saved.level)
    this.byDay.restore(saved.byDay)
    this.byWeek.restore(saved.byWeek)
    this.cycle.lag = saved.lag
    ;[this.fast, this.slower] = saved.means ?? [NaN, NaN]
  }
}

interface PredictorsSnapshot {
  next: (number | null)[]
  level: (number | null)[]
  byDay: ProfileSnapshot
  byWeek: ProfileSnapshot
  lag: number
  means: [number, number] | null
}
