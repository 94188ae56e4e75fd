import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Message } from '#engine/record'
import {
  type Case,
  cumulativeCases,
  hoppingCases,
  sessionCases,
  slidingCases,
  type Step,
  tumblingCases
} from './arbitraries'
import { Driver } from './driver'
import { aggregates, type Oracle, type Outcome, rounded, taken } from './oracle/oracle'

/** RUNS=20000 looks longer. */
const numRuns = Number(process.env.RUNS ?? 200)

/** What must come out at each step, where the node declares time itself (rules 1 and 2). */
function expected({ oracle: make, disorder, steps }: Case): Outcome[] {
  const oracle: Oracle = make()
  let watermark = -Infinity
  function advance(next: number): Outcome['out'] {
    if (next <= watermark) return []
    watermark = next
    return oracle.watermark(next)
  }
  function outcome(step: Step): Outcome {
    if ('record' in step) {
      const { out, late } = oracle.record(step.record)
      return { out: [...out, ...advance(step.record.time - disorder)], late }
    }
    if ('watermark' in step) return taken(...advance(step.watermark))
    if ('flush' in step) {
      const out = oracle.flush()
      oracle.reset()
      watermark = -Infinity
      return taken(...out)
    }
    if ('reset' in step) {
      oracle.reset(step.reset)
      if (step.reset === undefined) watermark = -Infinity
    }
    return taken()
  }
  return rounded(steps.map(outcome)) as Outcome[]
}

function messageOf(step: Exclude<Step, { restart: true }>): Message {
  if ('record' in step) {
    const { id, time, key, v } = step.record
    return { payload: { id, ts: time, k: key, v } }
  }
  if ('bad' in step) return { payload: step.bad }
  if ('reset' in step) return { reset: true, key: step.reset }
  return { ...step }
}

/** What comes out of the node at each step. */
function actual({ config, disorder, steps }: Case): Outcome[] {
  const driver = new Driver(
    'time-window',
    { ...config, aggregates },
    { time: 'payload.ts', timeType: 'msg', outOfOrderness: disorder }
  )
  return steps.map(step => {
    if ('restart' in step) driver.restart()
    else driver.receive(messageOf(step))
    return driver.taken()
  })
}

describe('time windows, compared with an oracle that keeps every record', () => {
  for (const [name, cases] of Object.entries({
    tumbling: tumblingCases,
    hopping: hoppingCases,
    cumulative: cumulativeCases,
    session: sessionCases,
    sliding: slidingCases
  })) {
    it(`${name} windows give each row, in order, at the step that the definition says`, () => {
      fc.assert(
        fc.property(cases, one => assert.deepEqual(actual(one), expected(one))),
        { numRuns }
      )
    })
  }
})
