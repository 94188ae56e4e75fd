import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Driver, makeJoin } from './driver'
import { intervalOracle, isRow, latestOracle, type Row, type Step, windowOracle } from './oracle'

const row = fc.record({
  side: fc.constantFrom<Row['side'][]>('left', 'right'),
  time: fc.integer({ min: -20, max: 40 }),
  key: fc.constantFrom('a', 'b', 'a', '__proto__', null)
})
/** Records of any order, lateness and key; watermarks that rise now and then. */
const steps = fc
  .array(fc.oneof({ weight: 4, arbitrary: row }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 15 }) }), {
    maxLength: 50,
    size: 'max'
  })
  .map(drawn => {
    let watermark = -25
    return drawn.map((step, id): Step =>
      typeof step === 'number' ? { watermark: (watermark += step) } : { ...step, id }
    )
  })

type Config = Record<string, unknown>

/** Runs the steps; `between` is called before each. What comes out is noted with its step. */
function run(config: Config, all: readonly Step[], between: (driver: Driver) => void = () => undefined): string[] {
  const driver = new Driver(makeJoin(config))
  const results: string[] = []
  const take = (at: number): void => void results.push(...driver.taken().map(result => `${at}: ${result}`))
  for (const [at, step] of all.entries()) {
    between(driver)
    if (!isRow(step)) driver.watermark(step.watermark)
    else driver[step.side](step.time, step.id, step.key)
    take(at)
  }
  between(driver)
  driver.flush()
  take(all.length)
  return results
}

/** The steps with the records between two watermarks in another order. */
function shuffled(all: readonly Step[], seed: number): Step[] {
  const groups: { rows: Row[]; after: Step[] }[] = [{ rows: [], after: [] }]
  for (const step of all) {
    const group = groups[groups.length - 1]
    if (isRow(step)) group.rows.push(step)
    else {
      group.after.push(step)
      groups.push({ rows: [], after: [] })
    }
  }
  const rank = ({ id }: Row): number => ((id + 1) * (2 * seed + 1)) % 61
  return groups.flatMap(({ rows, after }) => [...rows.sort((a, b) => rank(a) - rank(b)), ...after])
}

const withoutStep = (results: string[]): string[] => results.map(result => result.replace(/^\d+: /, '')).sort()

const bounds: [number, number][] = [
  [-5, 5],
  [-2, 7],
  [0, 0],
  [3, 9],
  [-9, -3]
]
const joinTypes = ['inner', 'left', 'right', 'full']

interface Case {
  title: string
  config: Config
  oracle(all: readonly Step[]): string[]
}
const cases: Case[] = [
  ...bounds.flatMap(([lower, upper]) =>
    joinTypes.map(joinType => ({
      title: `an interval join, ${joinType}, ${lower} to ${upper}`,
      config: { mode: 'interval', joinType, lower, upper },
      oracle: (all: readonly Step[]) => intervalOracle(all, joinType, lower, upper)
    }))
  ),
  ...joinTypes.map(joinType => ({
    title: `a window join, ${joinType}`,
    config: { mode: 'window', joinType, size: 7 },
    oracle: (all: readonly Step[]) => windowOracle(all, joinType, 7)
  })),
  ...['inner', 'left'].map(joinType => ({
    title: `a join with the latest, ${joinType}`,
    config: { mode: 'latest', joinType },
    oracle: (all: readonly Step[]) => latestOracle(all, joinType)
  }))
]

describe('join, compared with nested loops', () => {
  for (const { title, config, oracle } of cases) {
    describe(title, () => {
      it('gives each result, late and unmatched rows included, at the step that the definition says', () => {
        fc.assert(fc.property(steps, all => assert.deepEqual(run(config, all).sort(), oracle(all).sort())))
      })
      it('gives the same rows in whatever order the records between two watermarks come', () => {
        // With the latest, order does count for two versions of one time, and for what is late.
        const isLatest = config.mode === 'latest'
        const inOrder = (all: Step[]): Step[] => all.filter((_, i) => !isLatest || !isLate(all, i))
        const drawn = steps.map(inOrder).filter(all => !isLatest || hasDistinctTimes(all))
        const rows = fc.tuple(drawn, fc.nat(30))
        fc.assert(
          fc.property(rows, ([all, seed]) =>
            assert.deepEqual(withoutStep(run(config, shuffled(all, seed))), withoutStep(run(config, all)))
          ),
          { numRuns: 50 }
        )
      })
      it('goes on from a snapshot, through JSON text, as if nothing had happened', () => {
        fc.assert(
          fc.property(steps, all => {
            const restarted = run(config, all, driver => driver.restart(makeJoin(config)))
            assert.deepEqual(restarted, run(config, all))
          }),
          { numRuns: 20 }
        )
      })
    })
  }

  it('takes no version that is older than ttl', () => {
    for (const joinType of ['inner', 'left']) {
      fc.assert(
        fc.property(steps, all => {
          const ordered = all.filter((step, i) => !isRow(step) || step.side === 'right' || !isLate(all, i))
          const results = run({ mode: 'latest', joinType, ttl: 6 }, ordered)
          assert.deepEqual(results.sort(), latestOracle(ordered, joinType, 6).sort())
        })
      )
    }
  })

  it('gives, where nothing is late, the rows of an ordinary SQL join, whatever the watermark does', () => {
    for (const [lower, upper] of bounds) {
      fc.assert(
        fc.property(steps, all => {
          const ordered = all.filter((step, i) => !isRow(step) || !isLate(all, i))
          const rows = ordered.filter(isRow)
          const pairs = rows.flatMap(left =>
            rows
              .filter(right => left.side === 'left' && right.side === 'right' && left.key === right.key)
              .filter(({ time, key }) => key !== null && time >= left.time + lower && time <= left.time + upper)
              .map(right => `${left.id}+${right.id}`)
          )
          const results = withoutStep(run({ mode: 'interval', joinType: 'full', lower, upper }, ordered))
          assert.deepEqual(results.filter(result => !result.includes('-')).sort(), pairs.sort())
          assert.equal(new Set(results).size, results.length)
        })
      )
    }
  })
})

/** Has the watermark come to the time of the record before it? */
function isLate(all: readonly Step[], i: number): boolean {
  const step = all[i]
  return all.slice(0, i).some(before => !isRow(before) && isRow(step) && before.watermark >= step.time)
}

function hasDistinctTimes(all: readonly Step[]): boolean {
  const times = all.filter(isRow).map(({ side, time, key }) => `${side} ${time} ${key}`)
  return new Set(times).size === times.length
}
