/** Surprise from which on a record is followed by a rest: once in 100 records. */
const startsAt = Math.log(100)
/** How much more evidence than for the last one it takes to break the rest. */
const breaksBy = 2

/**
 * After a surprise the stream rests, for 3 % of the records seen (10 to 300): one event is told once. Only what has clearly
 * more evidence breaks the rest.
 */
export class Rest {
  private left = 0
  private last = 0

  /** Is a record with so much evidence to be passed over? */
  covers(evidence: number): boolean {
    return this.left > 0 && evidence <= this.last + breaksBy
  }

  /** `count` records were seen. */
  learn(evidence: number, surprise: number, count: number): void {
    if (this.covers(evidence)) {
      this.left--
    } else if (surprise > startsAt) {
      this.last = evidence
      this.left = Math.ceil(Math.min(300, Math.max(10, 0.03 * count)))
    } else {
      this.left = 0
    }
  }

  snapshot(): [number, number] {
    return [this.left, this.last]
  }

  restore([left, last]: [number, number]): void {
    this.left = left
    this.last = last
  }
}
