import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Key, Timestamp } from '#engine/record'
import { Driver, makeJoin } from './driver'

// Two inputs, each in an order of its own, reach a join in any interleaving. Its watermark is the smaller of theirs, as
// it is where each declares its own time: nothing is ever late, so that what comes out is a matter of the data alone.

interface Row {
  id: number
  time: Timestamp
  key: Key
}
interface Inputs {
  left: Row[]
  right: Row[]
}

/** How far an input is out of order, ms. */
const disorder = 3

/** Times that rise, but for the disorder; the same one often comes twice. */
const input = (firstId: number, rows: number): fc.Arbitrary<Row[]> =>
  fc
    .array(fc.record({ step: fc.nat(4), back: fc.nat(disorder - 1), key: fc.constantFrom('a', 'b', null) }), {
      maxLength: rows,
      size: 'max'
    })
    .map(drawn => {
      let newest = 0
      return drawn.map(({ step, back, key }, i) => ({ id: firstId + i, time: (newest += step) - back, key }))
    })
const inputs = (rows: number): fc.Arbitrary<Inputs> => fc.record({ left: input(1, rows), right: input(101, rows) })

/** All ways to take `left` times from the one and `right` times from the other; true: from the left. */
function interleavings(left: number, right: number): boolean[][] {
  if (left === 0 || right === 0) return [Array.from({ length: left + right }, () => left > 0)]
  return [
    ...interleavings(left - 1, right).map(rest => [true, ...rest]),
    ...interleavings(left, right - 1).map(rest => [false, ...rest])
  ]
}

type Config = Record<string, unknown>

/** What comes out, as a multiset; the join goes on from a snapshot before step `restartAt`. */
function run(config: Config, { left, right }: Inputs, order: readonly boolean[], restartAt = -1): string[] {
  const driver = new Driver(makeJoin(config))
  const results: string[] = []
  const at = { left: 0, right: 0 }
  const newest = { left: -Infinity, right: -Infinity }
  for (const [step, isLeft] of order.entries()) {
    if (step === restartAt) driver.restart(makeJoin(config))
    const side = isLeft ? 'left' : 'right'
    const { id, time, key } = (isLeft ? left : right)[at[side]++]
    driver[side](time, id, key)
    newest[side] = Math.max(newest[side], time)
    const watermark = Math.min(newest.left, newest.right) - disorder
    if (watermark > -Infinity) driver.watermark(watermark)
  }
  results.push(...driver.flush().taken())
  return results.sort()
}

interface Definition {
  title: string
  config: Config
  /** The pairs that meet, and whether a row that meets none comes out alone, is set aside or is forgotten. */
  meets(left: Row, right: Row, inputs: Inputs): boolean
}

const sizeOfWindow = 5
const windowOf = (time: Timestamp): number => Math.floor(time / sizeOfWindow)

/** The newest version at or before the left row's time; of two with one time the later arrival. */
function isNewest(left: Row, version: Row, { right }: Inputs, ttl = Infinity): boolean {
  const known = right.filter(({ key, time }) => key === left.key && time <= left.time)
  const newest = known.filter(({ time }) => time === Math.max(...known.map(row => row.time))).pop()
  return version === newest && version.time >= left.time - ttl
}

const within =
  (lower: number, upper: number) =>
  (left: Row, right: Row): boolean =>
    right.time >= left.time + lower && right.time <= left.time + upper

const definitions: Definition[] = [
  ...['inner', 'left', 'right', 'full'].flatMap(joinType => [
    ...[
      [-2, 2],
      [0, 0],
      [1, 4],
      [-4, -1]
    ].map(([lower, upper]) => ({
      title: `interval, ${joinType}, ${lower} to ${upper}`,
      config: { mode: 'interval', joinType, lower, upper },
      meets: within(lower, upper)
    })),
    {
      title: `window, ${joinType}`,
      config: { mode: 'window', joinType, size: sizeOfWindow },
      meets: (left: Row, right: Row) => windowOf(left.time) === windowOf(right.time)
    }
  ]),
  ...['inner', 'left'].flatMap(joinType =>
    [undefined, 2].map(ttl => ({
      title: `latest, ${joinType}${ttl === undefined ? '' : `, valid for ${ttl} ms`}`,
      config: { mode: 'latest', joinType, ...(ttl === undefined ? {} : { ttl }) },
      meets: (left: Row, right: Row, all: Inputs) => isNewest(left, right, all, ttl)
    }))
  )
]

/** The rows of an SQL join by nested loops, and those that output 2 tells of. */
function expected({ config, meets }: Definition, all: Inputs): string[] {
  const { mode, joinType } = config
  const isOuter = (side: string): boolean => joinType === 'full' || joinType === side
  const pairs = all.left.flatMap(left =>
    all.right
      .filter(right => left.key !== null && left.key === right.key && meets(left, right, all))
      .map(right => ({ left, right }))
  )
  const alone = (side: 'left' | 'right', row: Row): string[] => {
    if (pairs.some(pair => pair[side] === row)) return []
    if (isOuter(side)) return [side === 'left' ? `${row.id}+-` : `-+${row.id}`]
    const isSetAside = row.key === null || (mode === 'latest' && side === 'left')
    return isSetAside ? [`!${row.id}`] : []
  }
  return [
    ...pairs.map(({ left, right }) => `${left.id}+${right.id}`),
    ...all.left.flatMap(row => alone('left', row)),
    ...all.right.flatMap(row => alone('right', row))
  ].sort()
}

describe('a join of two inputs, in every interleaving', () => {
  for (const definition of definitions) {
    it(`gives the same rows: ${definition.title}`, () => {
      fc.assert(
        fc.property(inputs(4), all => {
          const rows = expected(definition, all)
          for (const order of interleavings(all.left.length, all.right.length)) {
            assert.deepEqual(run(definition.config, all, order), rows)
          }
        }),
        { numRuns: 30 }
      )
    })
    it(`gives them too where it goes on from a snapshot: ${definition.title}`, () => {
      const long = inputs(30).chain(all => {
        const length = all.left.length + all.right.length
        const order = fc.shuffledSubarray(
          Array.from({ length }, (_, i) => i),
          { minLength: length }
        )
        return fc.tuple(fc.constant(all), order, fc.nat(Math.max(0, length - 1)))
      })
      fc.assert(
        fc.property(long, ([all, shuffled, restartAt]) => {
          const order = shuffled.map(i => i < all.left.length)
          assert.deepEqual(run(definition.config, all, order, restartAt), expected(definition, all))
        }),
        { numRuns: 50 }
      )
    })
  }
})
