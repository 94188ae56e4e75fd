import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Driver } from '../windows/driver'
import { everything, type Outcome, rounded, type Row, summary, taken } from '../windows/oracle/oracle'
import { finalHopping } from './final-hopping'

/** RUNS=20000 looks longer. */
const numRuns = Number(process.env.RUNS ?? 300)

type Step =
  /** A record of a source, with the watermark before it and after it. */
  | { from: string; time: number; before: number; watermark: number }
  /** A source tells its watermark without a record. */
  | { source: string; tells: number }
  /** These are the stream nodes upstream. */
  | { expect: string[] }
  | { pass: number }
  | { watermark: number }
  | { reset: true }
  /** The stream nodes upstream are then these; they are found before the state is there, or after. */
  | { restart: string[]; isFoundFirst: boolean }

const names = ['x', 'y', 'z']
const source = fc.constantFrom(...names)
const time = fc.integer({ min: 0, max: 60 })
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: fc.record({ from: source, time, before: time, watermark: time }) },
    { weight: 3, arbitrary: fc.record({ source, tells: time }) },
    { weight: 1, arbitrary: fc.record({ expect: fc.subarray(names) }) },
    { weight: 2, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 70_000 }) }) },
    { weight: 1, arbitrary: fc.record({ watermark: time }) },
    { weight: 1, arbitrary: fc.constant({ reset: true as const }) },
    { weight: 2, arbitrary: fc.record({ restart: fc.subarray(names), isFoundFirst: fc.boolean() }) }
  ),
  { maxLength: 40 }
)

const counts = summary(everything, false)

/** After so long without a word a source is left out. */
const idleTimeout = 60_000

interface Heard {
  /** The largest watermark that it told. */
  mark: number
  at: number
}

/** What must come out at each step. Rule 1: the smallest watermark of all sources, those left out that are silent. */
function expected(steps: readonly Step[]): Outcome[] {
  const windows = finalHopping(10, 5, counts)
  let sources = new Map<string, Heard>()
  let wired: string[] = []
  let watermark = -Infinity
  let now = 0

  const isSilent = ({ at }: Heard): boolean => sources.size > 1 && now - at >= idleTimeout
  function advance(): Row[] {
    const marks = [...sources.values()].filter(source => !isSilent(source)).map(({ mark }) => mark)
    const next = marks.length === 0 ? watermark : Math.min(...marks)
    if (next <= watermark) return []
    watermark = next
    return windows.watermark(next)
  }
  function hear(source: string, mark: number): Row[] {
    sources.set(source, { mark: Math.max(mark, sources.get(source)?.mark ?? -Infinity), at: now })
    return advance()
  }
  function expect(names: string[]): Row[] {
    for (const name of wired) if (!names.includes(name)) sources.delete(name)
    wired = names
    for (const name of names) if (!sources.has(name)) sources.set(name, { mark: -Infinity, at: now })
    return advance()
  }
  function outcome(step: Step, id: number): Outcome {
    if ('from' in step) {
      const before = hear(step.from, step.before)
      const { out, late } = windows.record({ id, time: step.time, key: null, v: id, topic: null })
      return { out: [...before, ...out, ...hear(step.from, step.watermark)], late }
    }
    if ('source' in step) return taken(...hear(step.source, step.tells))
    if ('expect' in step) return taken(...expect(step.expect))
    if ('pass' in step) {
      const until = now + step.pass
      const ends = [...sources.values()].map(({ at }) => at + idleTimeout).filter(end => end > now && end <= until)
      const rows = ends
        .sort((a, b) => a - b)
        .flatMap(end => {
          now = end
          return advance()
        })
      now = until
      return taken(...rows)
    }
    if ('watermark' in step) {
      for (const source of sources.values()) source.mark = Math.max(source.mark, step.watermark)
      if (step.watermark <= watermark) return taken()
      watermark = step.watermark
      return taken(...windows.watermark(watermark))
    }
    if ('reset' in step) {
      windows.reset()
      watermark = -Infinity
      sources = new Map(wired.map(name => [name, { mark: -Infinity, at: now }]))
      return taken()
    }
    for (const source of sources.values()) source.at = now
    return taken(...expect(step.restart))
  }
  return rounded(steps.map(outcome)) as Outcome[]
}

function actual(steps: readonly Step[]): Outcome[] {
  const driver = new Driver(
    'time-window',
    { windowType: 'hopping', size: 10, slide: 5, keyType: 'none', aggregates: counts.aggregates },
    {},
    { isLive: true }
  )
  return steps.map((step, id) => {
    if ('from' in step) {
      const { from, time, before, watermark } = step
      driver.receive({ payload: { v: id, id }, stream: { v: 1, source: from, time, key: null, before, watermark } })
    } else if ('source' in step) driver.observe(step.source, step.tells)
    else if ('expect' in step) driver.expect(step.expect)
    else if ('pass' in step) driver.pass(step.pass)
    else if ('restart' in step) driver.restart({ wired: step.restart, isFoundFirst: step.isFoundFirst })
    else driver.receive({ ...step })
    return driver.taken()
  })
}

/** Without the restarts of a node that has not decided for event time yet: it keeps nothing of what it was told. */
function decided(steps: readonly Step[]): Step[] {
  let isDecided = false
  return steps.filter(step => {
    if ('from' in step) isDecided = true
    if ('reset' in step) isDecided = false
    return isDecided || !('restart' in step)
  })
}

describe('the watermark of a node that several others feed', () => {
  it('is the smallest of theirs, of those that are wired or heard and not silent, at each step', function () {
    this.timeout(600_000)
    fc.assert(
      fc.property(steps, steps => {
        const all = decided(steps)
        assert.deepEqual(actual(all), expected(all))
      }),
      { numRuns }
    )
  })
})
