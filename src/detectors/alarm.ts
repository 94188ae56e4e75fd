/** Where the alarm of a key stands with a record. */
export type AlarmState = 'normal' | 'start' | 'ongoing' | 'end'

/** Anomalies in a row make an alarm, the first record that is none ends it. */
export class Alarm {
  private inRow = 0
  private isOn = false

  /** `hold`: how many anomalies in a row it takes. */
  constructor(private readonly hold: number) {}

  /** Where a record that says nothing finds it. */
  get standing(): AlarmState {
    return this.isOn ? 'ongoing' : 'normal'
  }

  follow(isAnomaly: boolean): AlarmState {
    this.inRow = isAnomaly ? this.inRow + 1 : 0
    return this.turn(this.inRow >= this.hold)
  }

  /** Starts at once, whatever `hold` says: no record will come to be counted. */
  raise(): AlarmState {
    this.inRow = this.hold
    return this.turn(true)
  }

  private turn(isOn: boolean): AlarmState {
    const wasOn = this.isOn
    this.isOn = isOn
    if (isOn) return wasOn ? 'ongoing' : 'start'
    return wasOn ? 'end' : 'normal'
  }

  snapshot(): [number, boolean] {
    return [this.inRow, this.isOn]
  }

  restore([inRow, isOn]: [number, boolean]): void {
    this.inRow = inRow
    this.isOn = isOn
  }
}
