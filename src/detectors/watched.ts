import type { Message, Timestamp } from '../record'
import { toPlain } from '../state/plain'
import { Alarm, type AlarmState } from './alarm'
import { type Detector, type Judgement, unjudged } from './detector'
import type { MethodName } from './index'

/** What `msg.anomaly` says. */
export interface Anomaly extends Judgement {
  state: AlarmState
  /** The value that was judged; `null` where there was none. */
  value: number | null
  method: MethodName
}

/** What is kept of a key: its detector, where its alarm stands, and what a report of its silence needs. */
export class Watched {
  /** Values seen before the first judgement; `undefined` after it. */
  warming: number | undefined = 0
  /** The last message, where silence is judged. */
  last: Message | undefined
  private readonly alarm: Alarm

  constructor(
    private readonly method: MethodName,
    private readonly detector: Detector,
    private readonly settings: { learn: boolean; hold: number }
  ) {
    this.alarm = new Alarm(settings.hold)
  }

  /** Judges a value by the past, then learns it. */
  judge(value: number, time: Timestamp): Anomaly {
    const { detector } = this
    const judgement = detector.score(value, time)
    const anomaly = this.report(judgement, this.alarm.follow(judgement.isAnomaly), value)
    if (this.settings.learn || !anomaly.isAnomaly || detector.silence) detector.learn(value, time)
    if (this.warming !== undefined) this.warming = anomaly.score === null ? this.warming + 1 : undefined
    return anomaly
  }

  /** A record without a value is no anomaly, but it may break a silence. */
  pass(time: Timestamp): Anomaly {
    const isEnd = this.detector.silence?.heard(time) ?? false
    return this.report(unjudged, isEnd ? this.alarm.follow(false) : this.alarm.standing, null)
  }

  get judgesSilence(): boolean {
    return this.detector.silence !== undefined
  }

  /** The watermark at which its silence is an anomaly; Infinity: never as things stand. */
  silentAt(): Timestamp {
    return this.detector.silence?.due() ?? Infinity
  }

  /** Its silence is an anomaly now: the last message, copied, says so. Only when `silentAt` has come. */
  tellSilence(): Message {
    const judgement = this.detector.silence?.fire() ?? unjudged
    return { ...this.last, anomaly: this.report(judgement, this.alarm.raise(), null) }
  }

  private report(judgement: Judgement, state: AlarmState, value: number | null): Anomaly {
    return {
      score: judgement.score,
      isAnomaly: judgement.isAnomaly,
      state,
      value,
      expected: judgement.expected,
      lower: judgement.lower,
      upper: judgement.upper,
      deviation: judgement.deviation,
      method: this.method,
      reason: judgement.reason
    }
  }

  snapshot(): unknown {
    const { detector, alarm, warming, last } = this
    return { detector: detector.snapshot(), alarm: alarm.snapshot(), warming, ...(last && { last: toPlain(last) }) }
  }

  restore(state: unknown): this {
    const { detector, alarm, warming, last } = state as Saved
    this.detector.restore(detector)
    this.alarm.restore(alarm)
    this.warming = warming
    this.last = last
    return this
  }
}

interface Saved {
  detector: unknown
  alarm: [number, boolean]
  warming?: number
  last?: Message
}
