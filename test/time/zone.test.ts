import assert from 'node:assert/strict'
import fc from 'fast-check'
import { fromLocal, isTimezone, offsetsOf, toLocal } from '#engine/time/zone'
import { wallClock } from '../windows/oracle/wall-clock'

const at = (text: string): number => Date.parse(text)
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Asia/Kathmandu',
  'UTC'
]
/** Times of two years, many of them beside a change of a clock. */
const time = fc.oneof(
  fc.integer({ min: at('2023-07-01T00:00Z'), max: at('2025-07-01T00:00Z') }),
  fc
    .tuple(
      fc.constantFrom(
        '2024-03-31T01:00Z',
        '2024-10-27T01:00Z',
        '2024-11-03T06:00Z',
        '2024-03-10T05:30Z',
        '2024-04-06T15:00Z',
        '2024-10-05T15:30Z'
      ),
      fc.integer({ min: -7_200_000, max: 7_200_000 })
    )
    .map(([change, by]) => at(change) + by)
)

describe('a time zone', () => {
  it('is one that the computer knows', () => {
    for (const zone of [...zones, 'Etc/GMT+5']) assert.ok(isTimezone(zone), zone)
    for (const zone of ['', 'Mars/Olympus', 'Berlin', 'utc+2']) assert.ok(!isTimezone(zone), zone)
  })
  it('has the wall clock that the computer has, to the ms', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), time, (zone, time) => {
        const shown = wallClock(zone).show(time)
        assert.equal(toLocal(time, zone), shown)
        assert.equal(time + offsetsOf(zone)(time), shown)
      })
    )
  })
  it('tells its offset for one time after the other, be they quarters of an hour apart or ms', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.array(time, { minLength: 2, maxLength: 10 }), (zone, times) => {
        const offsetAt = offsetsOf(zone)
        for (const time of times.flatMap(time => [time, time + 1, time - 1, time + 900_000, time - 900_000]))
          assert.equal(offsetAt(time), toLocal(time, zone) - time)
      })
    )
  })
  it('tells another offset from the very moment on at which the clock is changed, be that no quarter of an hour', () => {
    for (const [zone, change, before, after] of [
      ['Europe/Berlin', '2024-03-31T01:00:00Z', 60, 120],
      ['Africa/Monrovia', '1972-01-07T00:44:30Z', -44.5, 0]
    ] as const) {
      const offsetAt = offsetsOf(zone)
      const time = at(change)
      const asked = [time - 1, time, time - 60_000, time + 1, time - 800_000, time + 800_000]
      assert.deepEqual(
        asked.map(time => offsetAt(time) / 60_000),
        [before, after, before, after, before, after],
        zone
      )
    }
  })
  it('shows years before 1970, before 100 and before Christ', () => {
    assert.equal(toLocal(-1, 'Asia/Kolkata'), 19_799_999)
    for (const year of ['1883', '0099', '0001', '0000', '-000001']) {
      const time = at(`${year.startsWith('-') ? year : year.padStart(4, '0')}-06-01T12:00:00.007Z`)
      assert.equal(toLocal(time, 'Etc/GMT-1'), time + 3_600_000, year)
    }
  })
  it('has the first of two times that its clock shows, and the last where that is asked for', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), time, (zone, time) => {
        const shown = toLocal(time, zone)
        const { timeOf, completeAt } = wallClock(zone)
        assert.equal(fromLocal(shown, zone), timeOf(shown))
        assert.equal(fromLocal(shown, zone, 'last'), completeAt(shown + 1))
      })
    )
  })
  it('takes a time that its clock skips as if it had not yet been put forward', () => {
    for (const which of ['first', 'last'] as const) {
      assert.equal(fromLocal(at('2024-03-31T02:30Z'), 'Europe/Berlin', which), at('2024-03-31T01:30Z'))
      assert.equal(fromLocal(at('2024-10-06T02:10Z'), 'Australia/Lord_Howe', which), at('2024-10-05T15:40Z'))
    }
  })
})
