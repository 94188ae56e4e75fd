import type { Timestamp } from '../../record'
import type { Direction } from '../detector'
import { Baseline } from './baseline'
import { Beats, type BeatsSnapshot } from './beats'
import type { BookSnapshot } from './book'
import { Habits } from './habits'
import { History } from './history'
import { Level } from './level'
import { Predictors } from './predictors'
import { rangeSurprise } from './range'
import { Residual } from './residual'
import { Shapes } from './shapes'

/** What a single record tells counts half of what several in a row tell. */
const ofOne = 0.5
/** No kind of evidence alone says much more than e^-10: it is not that sure of itself. */
const doubted = 10
const doubt = (surprise: number): number => (surprise <= doubted ? surprise : doubted + Math.log1p(surprise - doubted))

/**
 * Six kinds of evidence that fail differently, each as -log of the share of the stream's records that look as odd, added
 * up. Weigh a value, then learn it.
 */
export class Evidence {
  readonly baseline: Baseline
  private readonly history = new History()
  private readonly predictors = new Predictors(this.history)
  private readonly residual = new Residual()
  private readonly level = new Level()
  private readonly habits = new Habits()
  private readonly shapes = new Shapes(this.history)
  private readonly beats = new Beats(this.predictors.cycle)

  /** Evidence against the value weighed last. */
  sum = 0
  /** What was expected instead. */
  expected = 0
  /** What tells most. */
  reason = ''
  private shift = 0

  /** `window`: values that make the baseline. */
  constructor(
    window: number,
    private readonly direction: Direction
  ) {
    this.baseline = new Baseline(2 / window)
  }

  weigh(value: number, time: Timestamp): void {
    const { baseline, predictors } = this
    predictors.look(time, baseline.mean)
    const { expected, expectedLevel } = predictors
    this.expected = expected === expected ? expected : value
    this.shift = expectedLevel === expectedLevel ? value - expectedLevel : 0
    const distance = value - this.expected

    const residual = ofOne * doubt(this.residual.surprise(distance, baseline.range))
    const habits = ofOne * doubt(this.habits.surprise(baseline.inDeviations(value - baseline.mean)))
    const shape = doubt(this.shapes.surprise(value, baseline))
    const beat = doubt(this.beats.surprise(value, baseline))
    const level = doubt(this.level.surprise(this.shift, baseline))
    const range = doubt(rangeSurprise(value, baseline))

    this.sum = 0
    if (this.counts(distance >= 0)) this.sum += residual + habits + shape + beat
    if (this.counts(this.level.isHigh)) this.sum += level
    if (this.counts(value >= baseline.mean)) this.sum += range

    const strange = Math.max(shape, beat)
    if (range > 0 || residual > ofOne * doubted || residual >= Math.max(level, strange))
      this.reason = distance > 0 ? 'above range' : 'below range'
    else if (level >= Math.max(strange, habits)) this.reason = 'level shift'
    else this.reason = strange > habits ? 'unusual shape' : 'unusual change'
  }

  /** Is evidence of this side asked for? */
  private counts(isHigh: boolean): boolean {
    return this.direction === 'both' || isHigh === (this.direction === 'high')
  }

  /** Takes in the value that was weighed last. */
  learn(value: number, time: Timestamp): void {
    if (this.baseline.count > 0) {
      this.residual.learn(value - this.expected)
      this.level.learn(this.shift)
      this.habits.learn()
      this.shapes.learn()
    }
    this.history.add(value)
    this.predictors.learn(value, time)
    this.beats.learn(value)
    this.baseline.add(value)
  }

  /** How far below and above the expected value a value has this surprise. */
  band(surprise: number): [number, number] {
    return this.residual.band(surprise, this.baseline.range)
  }

  snapshot(): EvidenceSnapshot {
    return {
      baseline: this.baseline.snapshot(),
      history: this.history.snapshot(),
      predictors: this.predictors.snapshot(),
      residual: this.residual.snapshot(),
      level: this.level.snapshot(),
      habits: this.habits.snapshot(),
      shapes: this.shapes.snapshot(),
      beats: this.beats.snapshot()
    }
  }

  restore(saved: EvidenceSnapshot): void {
    this.baseline.restore(saved.baseline)
    this.history.restore(saved.history)
    this.predictors.restore(saved.predictors)
    this.residual.restore(saved.residual)
    this.level.restore(saved.level)
    this.habits.restore(saved.habits)
    this.shapes.restore(saved.shapes)
    this.beats.restore(saved.beats)
  }
}

export interface EvidenceSnapshot {
  baseline: ReturnType<Baseline['snapshot']>
  history: ReturnType<History['snapshot']>
  predictors: ReturnType<Predictors['snapshot']>
  residual: ReturnType<Residual['snapshot']>
  level: ReturnType<Level['snapshot']>
  habits: ReturnType<Habits['snapshot']>
  shapes: BookSnapshot
  beats: BeatsSnapshot
}
