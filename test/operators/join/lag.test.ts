import assert from 'node:assert/strict'
import { drive, makeJoin } from './driver'

describe('the lag of a join', () => {
  /** How far behind the watermark the rows that matched nothing come, where it advances by 1 ms. */
  function observed(joinType: string, lower: number, upper: number): number {
    const join = drive({ mode: 'interval', joinType, lower, upper })
    let lag = 0
    join.left(100, 1, 'of left').right(100, 1, 'of right')
    for (let watermark = 90; watermark < 130; watermark++) {
      join.watermark(watermark)
      for (const { time } of join.out.splice(0)) lag = Math.max(lag, watermark - time)
    }
    return lag
  }

  for (const [lower, upper] of [
    [-5, 5],
    [-3, 8],
    [-8, 3],
    [2, 7],
    [-7, -2]
  ]) {
    for (const joinType of ['inner', 'left', 'right', 'full']) {
      it(`is how late unmatched rows come: ${joinType}, ${lower} to ${upper}`, () => {
        const { lag } = makeJoin({ mode: 'interval', joinType, lower, upper })
        assert.equal(lag, observed(joinType, lower, upper))
      })
    }
  }
})
