import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Driver } from './driver'
import { kinds } from './kinds'

/** RUNS=20000 looks longer. */
const numRuns = Number(process.env.RUNS ?? 60)

/** Results that depend on the order of all additions in their last digits. */
const rows = ['sum', 'mean', 'stddev', 'slope', 'timeMean', 'increase', 'collect'].map(fn => ({
  fn,
  field: 'payload.v'
}))
/** With the last but one, so that there are windows without any aggregate that holds values. */
const aggregates = fc.constantFrom(rows, rows.slice(0, 3), rows.slice(2, 5))

const records = fc.array(
  fc.record({
    ts: fc.integer({ min: 0, max: 12 }),
    v: fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.constantFrom(1e16, -1e16, 0.1)),
    k: fc.constantFrom('a', 'a', 'b'),
    isRestarted: fc.boolean()
  }),
  { maxLength: 40, size: 'max' }
)

/** Records and a snapshot as they stand, to the last digit. */
function sent(
  { slug, config }: (typeof kinds)[string],
  all: Parameters<Parameters<typeof records.map>[0]>[0],
  more: object,
  restarts: boolean
): string[] {
  const settings = { time: 'payload.ts', timeType: 'msg', outOfOrderness: 8 }
  const driver = new Driver(slug, { ...config, ...more, key: 'payload.k' }, settings)
  let time = 0
  for (const { ts, v, k, isRestarted } of all) {
    time += ts
    // every third one comes late
    driver.receive({ payload: { ts: ts % 3 === 0 ? time - 7 : time, v, k } })
    if (isRestarted && restarts) driver.restart()
  }
  driver.receive({ flush: true })
  return driver.sent.map(message => JSON.stringify(message))
}

describe('a restart', () => {
  for (const [name, kind] of Object.entries(kinds)) {
    it(`changes no digit of what ${name} gives`, function () {
      this.timeout(600_000)
      const emit = fc.constantFrom({}, { emit: 'update' }, { emit: 'every', every: 5 })
      fc.assert(
        fc.property(records, aggregates, emit, (all, aggregates, emit) => {
          const more = { aggregates, ...(kind.slug === 'time-window' && emit) }
          assert.deepEqual(sent(kind, all, more, true), sent(kind, all, more, false))
        }),
        { numRuns }
      )
    })
  }
})
