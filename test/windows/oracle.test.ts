import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  calendarCases,
  countCases,
  cumulativeCases,
  hoppingCases,
  sessionCases,
  slidingCases,
  statsCases,
  tumblingCases
} from './cases'
import { actual, actualInBatches, expected, expectedInBatches } from './play'

/** RUNS=20000 looks longer. */
const numRuns = Number(process.env.RUNS ?? 200)

const kinds = {
  'tumbling windows': tumblingCases,
  'hopping windows': hoppingCases,
  'cumulative windows': cumulativeCases,
  'windows by the clock of a zone': calendarCases,
  'session windows': sessionCases,
  'sliding windows': slidingCases,
  'count windows': countCases,
  statistics: statsCases
}

describe('compared with an oracle that keeps every record', () => {
  for (const [name, cases] of Object.entries(kinds)) {
    it(`${name} give each row, in order, at the step that the definition says`, function () {
      this.timeout(600_000)
      fc.assert(
        fc.property(cases, one => assert.deepEqual(actual(one), expected(one))),
        { numRuns }
      )
    })
    it(`${name} give the same rows in batches`, function () {
      this.timeout(600_000)
      fc.assert(
        fc.property(cases, fc.integer({ min: 1, max: 12 }), (one, size) =>
          assert.deepEqual(actualInBatches(one, size), expectedInBatches(one, size))
        ),
        { numRuns: numRuns / 2 }
      )
    })
  }
})
