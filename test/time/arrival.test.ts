import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Message } from '#engine/record'
import { Driver } from '../windows/driver'
import { everything, type Outcome, rounded, type Row, summary, taken } from '../windows/oracle/oracle'
import { summing, words } from '../windows/told'
import { finalHopping } from './final-hopping'

/** RUNS=20000 looks longer. */
const numRuns = Number(process.env.RUNS ?? 300)

type Step =
  /** A record; behind another node, one that came there so long ago. */
  | { comes: number }
  /** The clock goes on; the node is not woken where it is asleep. */
  | { pass: number; isAsleep: boolean }
  /** The node is down for so long. */
  | { down: number }
  | { flush: true }
  | { reset: true }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ comes: fc.integer({ min: 0, max: 3000 }) }) },
    { weight: 6, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 1500 }), isAsleep: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ down: fc.integer({ min: 0, max: 1500 }) }) },
    { weight: 1, arbitrary: fc.constantFrom<Step>({ flush: true }, { reset: true }) }
  ),
  { maxLength: 40 }
)

const counts = summary(everything.slice(0, 4), false)
const [size, slide] = [1000, 500]

/**
 * What must come out at each step: windows close by the clock, behind another node a second later; nothing is ever late.
 * A window is partial that began before the node saw all records.
 */
function expected(steps: readonly Step[], isFirst: boolean): Outcome[] {
  const windows = finalHopping(size, slide, counts)
  let now = 0
  let upSince = 0
  let watermark = -Infinity
  /** Windows close by the clock as soon as there was a record. */
  let hasBegun = false

  function close(): Row[] {
    const next = now - (isFirst ? 1 : 1000)
    if (!hasBegun || next <= watermark) return []
    watermark = next
    return windows.watermark(next)
  }
  const forget = (): void => {
    windows.reset()
    watermark = -Infinity
    hasBegun = false
  }
  const withPartial = (row: Row): Row => {
    const window = row.window as NonNullable<Row['window']>
    return window.start < upSince ? { ...row, window: { ...window, partial: true } as Row['window'] } : row
  }
  function outcome(step: Step, id: number): Outcome {
    if ('comes' in step) {
      hasBegun = true
      const closed = close()
      const time = Math.max(isFirst ? now : now - step.comes, watermark + 1)
      const { out, late } = windows.record({ id, time, key: null, v: id, topic: null })
      return { out: [...closed, ...out], late }
    }
    if ('pass' in step) {
      now += step.pass
      return taken(...(step.isAsleep ? [] : close()))
    }
    if ('down' in step) {
      now += step.down
      upSince = now
      return taken(...close())
    }
    const rows = 'flush' in step ? windows.flush() : []
    forget()
    return taken(...rows)
  }
  return rounded(
    steps.map((step, id) => {
      const { out, late } = outcome(step, id)
      return { out: out.map(withPartial), late }
    })
  ) as Outcome[]
}

function actual(steps: readonly Step[], isFirst: boolean): Outcome[] {
  const config = { windowType: 'hopping', size, slide, keyType: 'none', aggregates: counts.aggregates }
  const driver = new Driver('time-window', config, {}, { isLive: true })
  return steps.map((step, id) => {
    if ('comes' in step) {
      const time = driver.now - step.comes
      const header = { stream: { v: 1, source: 'x', clock: 'arrival', time, key: null } }
      driver.receive({ payload: { id, v: id }, ...(!isFirst && header) })
    } else if ('pass' in step) driver.pass(step.pass, step.isAsleep)
    else if ('down' in step) {
      driver.now += step.down
      driver.restart()
      driver.pass(0)
    } else driver.receive({ ...step })
    return driver.taken()
  })
}

describe('arrival time', () => {
  for (const isFirst of [true, false]) {
    it(`closes windows by the clock ${isFirst ? 'at the first node' : 'behind another node, a second later'}`, function () {
      this.timeout(600_000)
      fc.assert(
        fc.property(steps, steps => assert.deepEqual(actual(steps, isFirst), expected(steps, isFirst))),
        { numRuns }
      )
    })
  }
  it('is kept to until a reset: a record of the other kind is refused, by what was expected', () => {
    const plain = { payload: { v: 1, k: 'a' } }
    const behind = (clock: string | undefined): Message => ({
      ...plain,
      stream: { v: 1, source: 'x', clock, time: 5, key: null }
    })
    const arrival = behind('arrival')
    const eventTime = behind(undefined)
    const cases = [
      [plain, arrival, /stream must be absent, as in the first record, got {"v":1/],
      [arrival, plain, /stream must be a header of arrival time, as the first record had, got undefined/],
      [arrival, eventTime, /must be a header of arrival time/],
      [eventTime, plain, /stream must be a header with event time, as the first record had/],
      [eventTime, arrival, /must be a header with event time/]
    ] as const
    for (const [first, other, problem] of cases) {
      const driver = summing({ size: '1m' }, { timeType: 'auto' })
      driver.receive(first)
      driver.receive(other)
      assert.equal(driver.errors.length, 1)
      assert.match(driver.errors[0], problem)
      driver.receive({ reset: true })
      driver.receive(other)
      assert.equal(driver.errors.length, 1)
    }
  })
  it('is the clock alone where the settings say so, and a watermark in a message changes nothing', () => {
    const driver = summing({ size: 1000 }, { timeType: 'arrival' })
    driver.receive({ payload: { v: 1, k: 'a' } })
    driver.receive({ watermark: 5000 })
    assert.deepEqual(words(driver), [])
    driver.receive({ payload: { v: 2, k: 'a' } })
    driver.receive({ flush: true })
    assert.deepEqual(words(driver), ['a 0-1000: 3'])
  })
})
