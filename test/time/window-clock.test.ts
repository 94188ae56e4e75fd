import assert from 'node:assert/strict'
import { windowClock } from '#engine/time/window-clock'
import { told } from '../windows/told'

const at = (text: string): number => Date.parse(text)

describe('the clock of windows', () => {
  it('completes what is shown twice the second time', () => {
    for (const [zone, end, second] of [
      ['Europe/Berlin', '2024-10-27T02:30Z', '2024-10-27T01:30Z'],
      ['America/New_York', '2024-11-03T01:30Z', '2024-11-03T06:30Z'],
      ['Australia/Lord_Howe', '2024-04-07T01:45Z', '2024-04-06T15:15Z'],
      ['Antarctica/Troll', '2024-10-27T01:30Z', '2024-10-27T01:30Z']
    ]) {
      assert.equal(windowClock(zone).completeAt(at(end)), at(second) - 1, zone)
    }
  })
  it('completes what is skipped when the clock is put forward', () => {
    for (const [zone, end, change] of [
      ['Europe/Berlin', '2024-03-31T02:30Z', '2024-03-31T01:00Z'],
      ['America/St_Johns', '2024-03-10T02:10Z', '2024-03-10T05:30Z'],
      ['Australia/Lord_Howe', '2024-10-06T02:10Z', '2024-10-05T15:30Z'],
      ['Antarctica/Troll', '2024-03-31T02:50Z', '2024-03-31T01:00Z']
    ]) {
      assert.equal(windowClock(zone).completeAt(at(end)), at(change), zone)
    }
  })
  it('keeps a window of Lord Howe open up to half past, where the clock is put forward by half an hour', () => {
    const config = { size: '20m', offset: '10m', timezone: 'Australia/Lord_Howe', aggregates: [{ fn: 'count' }] }
    // 1:50 and 1:55 of the local clock, then 2:30, which follows 1:59
    const [first, second, after] = ['15:20', '15:25', '15:30'].map(text => at(`2024-10-05T${text}Z`))
    const tellings = told(config, [first, second, after])
    assert.deepEqual(
      tellings.map(told => told.length),
      [0, 0, 1]
    )
    assert.match(tellings[2][0], /: 2$/)
  })
  it('fires all windows that end in a skipped hour, in order of their ends, then of keys', () => {
    const config = {
      windowType: 'hopping',
      size: '1h',
      slide: '20m',
      timezone: 'Europe/Berlin',
      aggregates: [{ fn: 'count' }]
    }
    const [change, second] = [at('2024-03-31T01:00Z'), 1000]
    const steps = [
      [change - 1, 1],
      [change - 2, 1, 'b'],
      { watermark: change - 10 * second },
      { watermark: change }
    ] as const
    const [, , before, after] = told(config, steps, { outOfOrderness: '1h' })
    assert.deepEqual(before, [])
    // 2:00, 2:20 and 2:40, which come to 1:00, 1:20 and 1:40 UTC
    const expected = [0, 20, 40].flatMap(minutes =>
      ['a', 'b'].map(key => `${key} ${change + (minutes - 60) * 60 * second}-${change + minutes * 60 * second}: 1`)
    )
    assert.deepEqual(after, expected)
  })
})
