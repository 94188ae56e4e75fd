import type { Step } from './arbitraries'
import type { Case } from './cases'
import { type Config, Driver } from './driver'
import { type Outcome, rounded, type Row, taken } from './oracle/oracle'

/** What must come out at each step of a node that declares time itself (rules 1 and 2). */
export function expected({ oracle: make, disorder, steps }: Case): Outcome[] {
  const oracle = make()
  let watermark = -Infinity
  let now = 0
  function advance(next: number): Row[] {
    if (next <= watermark) return []
    watermark = next
    return oracle.watermark(next)
  }
  function outcome(step: Step): Outcome {
    if ('pass' in step) {
      now += step.pass
      return taken(...(step.isAsleep ? [] : (oracle.clock?.(now) ?? [])))
    }
    if ('restart' in step) return taken(...(oracle.clock?.(now) ?? []))
    // a record that has a time wakes the node, be its value refused
    if ('bad' in step) return taken(...(typeof step.bad.ts === 'number' ? (oracle.clock?.(now) ?? []) : []))
    if ('record' in step) {
      const overdue = oracle.clock?.(now) ?? []
      const { out, late } = oracle.record(step.record)
      return { out: [...overdue, ...out, ...advance(step.record.time - disorder)], late }
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

/** The payload of a record. */
export function payloadOf(step: Extract<Step, { record: unknown } | { bad: unknown }>): unknown {
  if ('bad' in step) return step.bad
  const { id, time, key, v } = step.record
  return { id, ts: time, k: key, v }
}

function give(driver: Driver, step: Step): void {
  if ('restart' in step) driver.restart()
  else if ('pass' in step) driver.pass(step.pass, step.isAsleep)
  else if ('record' in step) driver.receive({ topic: step.record.topic, payload: payloadOf(step) })
  else if ('bad' in step) driver.receive({ payload: payloadOf(step) })
  else if ('reset' in step) driver.receive({ reset: true, key: step.reset })
  else driver.receive({ ...step })
}

const driverOf = ({ slug, config, disorder }: Case, more: Config = {}): Driver => {
  const settings = { time: 'payload.ts', timeType: 'msg', outOfOrderness: disorder, maxAhead: '' }
  return new Driver(slug, { ...config, ...more }, settings, { isLive: true })
}

/** What comes out of the node at each step. */
export function actual(one: Case): Outcome[] {
  const driver = driverOf(one)
  return one.steps.map(step => {
    give(driver, step)
    return driver.taken()
  })
}

/** Steps with records that follow each other, as batches of at most `size`. */
function batches(steps: readonly Step[], size: number): Step[][] {
  const isElement = (step: Step): boolean => 'record' in step || 'bad' in step
  const batches: Step[][] = []
  for (const step of steps) {
    const last = batches[batches.length - 1]
    if (isElement(step) && last?.length < size && isElement(last[0])) last.push(step)
    else batches.push([step])
  }
  return batches
}

const withoutTopic = (row: Row): Row => {
  const { topic: _, ...result } = row.result as Record<string, unknown>
  return { ...row, result }
}

/** The same, of steps taken together; rows of a batch have no topic. */
export function expectedInBatches(one: Case, size: number): Outcome[] {
  const outcomes = expected(one)
  return batches(one.steps, size).map(batch => {
    const own = outcomes.splice(0, batch.length)
    return { out: own.flatMap(({ out }) => out.map(withoutTopic)), late: own.flatMap(({ late }) => late) }
  })
}

/** What comes out of the node in batch mode. */
export function actualInBatches(one: Case, size: number): Outcome[] {
  const driver = driverOf(one, { batch: true })
  return batches(one.steps, size).map(batch => {
    const elements = batch.filter(step => 'record' in step || 'bad' in step)
    if (elements.length > 0) driver.receive({ payload: elements.map(payloadOf) })
    else give(driver, batch[0])
    return driver.taken()
  })
}
