import assert from 'node:assert/strict'
import { toTimestamp } from '#engine/time/timestamp'

const read = (value: unknown, zone?: string): number => toTimestamp(value, 'payload.ts', zone)
const refuses = (value: unknown, shown: string): void =>
  assert.throws(
    () => read(value),
    (error: Error) =>
      error.message === `payload.ts must be a time (ms since 1970, ISO 8601 text or a Date), got ${shown}`,
    shown
  )

describe('an event time', () => {
  it('may be ms since 1970, as a number or as text; fractions are cut off', () => {
    const values = [
      0,
      -1,
      1.9,
      -1.1,
      1_711_846_800_000,
      '12',
      ' 12 ',
      '-12',
      '+12',
      '.5',
      '12.7',
      '1e3',
      '1.5E+3',
      '25e-1',
      '1e10'
    ]
    assert.deepEqual(
      values.map(value => read(value)),
      [0, -1, 1, -2, 1_711_846_800_000, 12, 12, -12, 12, 0, 12, 1000, 1500, 2, 1e10]
    )
  })
  it('may be a Date', () => assert.equal(read(new Date(1234)), 1234))
  it('may be ISO 8601 text with a T or a blank, seconds, a fraction and a zone or none', () => {
    const day = Date.UTC(2024, 2, 31)
    for (const [text, time] of [
      ['2024-03-31', day],
      ['2024-02-29', day - 31 * 86_400_000],
      ['2024-03-30T24:00', day],
      ['2024-03-31T01:02Z', day + 3_720_000],
      ['2024-03-31 01:02:03', day + 3_723_000],
      ['2024-03-31T01:02:03.5z', day + 3_723_500],
      ['2024-03-31t01:02:03,25Z', day + 3_723_250],
      ['2024-03-31T01:02:03.123456Z', day + 3_723_123],
      ['2024-03-31T01:02:03+01:30', day - 1_677_000],
      ['2024-03-31 01:02:03 -0130', day + 9_123_000],
      ['2024-03-31T01:02+01', day + 120_000],
      ['2024-03-31T01:02-00:30', day + 5_520_000],
      ['2024-03-31T01:02-01', day + 7_320_000]
    ] as const) {
      assert.equal(read(text), time, text)
    }
  })
  it('is local time where the text names no zone', () => {
    assert.equal(read('2024-03-31T12:00', 'Europe/Berlin'), Date.UTC(2024, 2, 31, 10))
    assert.equal(read('2024-03-31', 'Europe/Berlin'), Date.UTC(2024, 2, 30, 23))
    assert.equal(read('2024-03-31T12:00Z', 'Europe/Berlin'), Date.UTC(2024, 2, 31, 12))
    assert.equal(read('2024-03-31T12:00+05:00', 'Europe/Berlin'), Date.UTC(2024, 2, 31, 7))
  })
  it('is nothing else', () => {
    refuses('', '""')
    refuses(' ', '" "')
    refuses('soon', '"soon"')
    refuses('12 apples', '"12 apples"')
    refuses('x12', '"x12"')
    refuses('1.2.3', '"1.2.3"')
    refuses('2024-03-31T25:00Z', '"2024-03-31T25:00Z"')
    for (const none of [
      '2024-02-30',
      '2023-02-29 10:00',
      '2024-13-01',
      '2024-03-31T10:00+99:99',
      '2024-03-31T10:00+01:60'
    ])
      refuses(none, `"${none}"`)
    refuses('2024-3-31', '"2024-3-31"')
    refuses('2024-03-31T1:02', '"2024-03-31T1:02"')
    refuses('at 2024-03-31', '"at 2024-03-31"')
    refuses('2024-03-31 at noon', '"2024-03-31 at noon"')
    refuses('2024-03-31T01:02+1', '"2024-03-31T01:02+1"')
    refuses(null, 'null')
    refuses(undefined, 'undefined')
    refuses(true, 'true')
    refuses([12], '[12]')
    refuses(NaN, 'NaN')
    refuses(Infinity, 'Infinity')
    refuses(new Date(NaN), 'null')
  })
  it('lies within what a Date can be', () => {
    for (const time of [8.64e15, -8.64e15]) assert.equal(read(time), time)
    refuses(8.64e15 + 2, '8640000000000002')
    refuses('-8640000000000002', '"-8640000000000002"')
  })
})
