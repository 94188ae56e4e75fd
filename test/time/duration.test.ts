import assert from 'node:assert/strict'
import { formatDuration, parseDuration, roughDuration } from '#engine/time/duration'

describe('duration', () => {
  it('reads every unit, blanks, fractions and signs', () => {
    const read = ['500ms', '10s', '5m', '2h', '1d', '1.5h', ' 1 0 s ', '-5s', '250', 250].map(parseDuration)
    assert.deepEqual(read, [500, 10_000, 300_000, 7_200_000, 86_400_000, 5_400_000, 10_000, -5000, 250, 250])
  })
  it('is undefined for what is no duration', () => {
    for (const text of ['', 'soon', '5 weeks', '1e3s', '0.0001ms', 'NaN'])
      assert.equal(parseDuration(text), undefined, text)
  })
  it('is written in the largest unit that divides it', () => {
    assert.deepEqual([90_000, 3_600_000, 1, 0, -5000, 172_800_000, 300_000, 500].map(formatDuration), [
      '90s',
      '1h',
      '1ms',
      '0ms',
      '-5s',
      '2d',
      '5m',
      '500ms'
    ])
  })
  it('is said in its largest unit where it was measured', () => {
    assert.deepEqual(
      [0, 7, 999, 1000, 4237, 12_600, 3_599_873, 3_723_417, 172_800_001, 1_577_836_799_995].map(roughDuration),
      ['0ms', '7ms', '999ms', '1s', '4.2s', '13s', '60m', '1h', '2d', '18262d']
    )
  })
})
