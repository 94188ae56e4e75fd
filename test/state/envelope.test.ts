import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { createOperator } from '#engine/create-operator'
import type { Detector } from '#engine/detectors/detector'
import type { Output } from '#engine/operator'
import { checksum, label, open, type Stored } from '#engine/state/envelope'
import { currentFormat, migrations } from '#engine/state/migrations'
import { judgements, make, normal } from '../detectors/streams'

/** Whole numbers that swing, the same for the same seed. */
function seasonalNoise(seed: number): (_: unknown, i: number) => number {
  const next = normal(seed)
  return (_, i) => Math.round(5 * Math.sin(i / 10) + next())
}

const nothing: Output = { emit() {}, divert() {} }

function stored(state: unknown, v: number): Stored {
  const text = JSON.stringify(state)
  const summed = checksum()
  summed.add(text)
  return { ...label('me', 0, true), v, checksum: summed.sum(), text: [text] }
}

/** What format 1 had of three records of a key: 1, null, 3. */
const columns1 = { times: [10, 20, 30], arrivals: [0, 1, 2], numbers: [1, null, 3], values: [], front: 0 }
const rows1 = (...times: number[]) => ({ times, messages: times.map(payload => ({ payload })) })
const rows4 = (...times: number[]) => ({ ...rows1(...times), matched: times.map(() => false) })
const back = { cells: [3, 2, 4, 0, 1, 1, 2, 1, 3], others: [] }
/** What format 3 had of the session of these records, with an early result of the last one. */
const session3 = { start: 10, end: 130, hasFired: false, isRegistered: true, early: [[0, 30]] }

/** For each format that there was: the state of an operator in it, a record that comes next, and what it then gives. */
const olderStates: Record<
  number,
  { name: string; config: Record<string, unknown>; operator: unknown; gives: unknown }[]
> = {
  1: [
    {
      name: 'count-window',
      config: { size: 4 },
      operator: {
        arrivals: 3,
        keys: [['a', 30, { window: { ...columns1, back }, seen: 3, fresh: 3, carried: [] }]]
      },
      gives: 4
    },
    {
      name: 'stats',
      config: { scope: 'count', size: 4, aggregates: [{ fn: 'mean' }] },
      operator: {
        arrivals: 3,
        keys: [['a', 30, { scope: { window: { ...columns1, back }, carried: [] }, records: 3 }]]
      },
      gives: 4
    },
    {
      name: 'anomaly',
      config: { method: 'flatline' },
      operator: [['a', 30, { detector: { since: 30, wasSaid: false, value: 1 }, alarm: [0, false] }]],
      gives: 8
    },
    {
      name: 'join',
      config: { mode: 'interval', joinType: 'left', side: 'topic', left: 'l', right: 'a', lower: '0s', upper: '1s' },
      operator: {
        watermark: null,
        keys: [['', 30, { left: [rows1(10, 20), rows1(30)], right: [rows1()] }]]
      },
      gives: { left: 10, right: 8 }
    },
    {
      name: 'join',
      config: { mode: 'latest', left: 'a', right: 'r' },
      operator: { watermark: 40, keys: [['', 30, { left: rows1(), right: rows1(30) }]] },
      gives: { left: 8, right: 30 }
    }
  ],
  2: [
    {
      name: 'anomaly',
      config: { method: 'flatline' },
      operator: [['a', 30, { detector: { since: 30, wasSaid: false, value: 1 }, alarm: [0, false] }]],
      gives: 8
    }
  ],
  3: [
    {
      name: 'anomaly',
      config: { method: 'flatline' },
      operator: [['a', 30, { detector: { since: 30, wasSaid: false, value: 1 }, alarm: [0, false] }, 0]],
      gives: 8
    },
    {
      name: 'time-window',
      config: { windowType: 'session', gap: 100, emit: 'every', every: 10 },
      operator: {
        watermark: null,
        arrivals: 3,
        keys: [['a', 30, { open: [{ ...session3, ...back }], carried: [] }, 0]]
      },
      gives: 4
    }
  ],
  4: [
    {
      name: 'anomaly',
      config: { method: 'flatline' },
      operator: [['a', 30, { detector: { since: 30, wasSaid: false, value: 1 }, alarm: [0, false] }, 0]],
      gives: 8
    },
    {
      name: 'join',
      config: { mode: 'latest', left: 'a', right: 'r' },
      operator: { watermark: 40, keys: [['', 30, { left: rows4(), right: rows4(30) }, 0]] },
      gives: { left: 8, right: 30 }
    }
  ]
}

interface Auto {
  evidence: { shapes: { book: string } }
}

/** What `auto` had in a format after the first half of 600 values. */
function autoOf(format: number): Auto {
  const compressed = readFileSync(`test/state/auto-format${format}.json.br`)
  return JSON.parse(brotliDecompressSync(compressed).toString()) as Auto
}

/** A detector that goes on from there. */
async function learnt(format: number): Promise<Detector> {
  const opened = await open(stored({ operator: [['a', 30, { detector: autoOf(format) }, 0]] }, format), 'me')
  assert.ok('state' in opened)
  const { operator } = opened.state as { operator: { keys: [[string, number, { detector: unknown }]] } }
  const detector = make('auto')
  detector.restore(operator.keys[0][2].detector)
  return detector
}

describe('a snapshot of an older format', () => {
  it('is migrated: there is a way from each to the next, and a test of it', () => {
    const formats = Array.from({ length: currentFormat - 1 }, (_, i) => String(i + 1))
    assert.deepEqual(Object.keys(migrations), formats)
    assert.deepEqual(Object.keys(olderStates), formats)
  })
  for (const [format, states] of Object.entries(olderStates)) {
    for (const { name, config, operator: saved, gives } of states) {
      it(`goes on where it was: format ${format}, ${name}`, async () => {
        const opened = await open(stored({ watermark: null, operator: saved }, Number(format)), 'me')
        assert.ok('state' in opened)
        const operator = createOperator(name, config)
        operator.restore((opened.state as { operator: unknown }).operator)
        const given: unknown[] = []
        const output: Output = { ...nothing, emit: ({ payload }) => void given.push(payload) }
        operator.process({ value: { payload: 8, topic: 'a' }, time: 40, key: 'a' }, output)
        assert.deepEqual(given[0], gives)
      })
    }
  }
  it('has its keys in the order of its rows: format 2', async () => {
    const opened = await open(
      stored(
        {
          watermark: null,
          operator: {
            watermark: 2,
            keys: [
              ['b', 1, 0],
              ['a', 2, 0]
            ]
          }
        },
        2
      ),
      'me'
    )
    assert.deepEqual(opened, {
      state: {
        watermark: null,
        operator: {
          watermark: 2,
          arrivals: 0,
          keys: [
            ['b', 1, 0, 0],
            ['a', 2, 0, 1]
          ]
        }
      }
    })
  })
  it('has the watermark with what the operator keeps: format 4', async () => {
    const rows = [['a', 1, 0, 0]]
    const opened = await open(stored({ watermark: 7, operator: rows }, 4), 'me')
    assert.deepEqual(opened, { state: { watermark: 7, operator: { watermark: 7, arrivals: 0, keys: rows } } })
    const stateless = { watermark: 7, operator: null }
    assert.deepEqual(await open(stored(stateless, 4), 'me'), { state: stateless })
  })
  it('has all that `auto` had learnt: format 3, but for the rounding of its levels', async () => {
    const values = Array.from({ length: 600 }, seasonalNoise(21)).slice(300)
    const [older, newer] = [await learnt(3), await learnt(4)].map(detector => judgements(detector, values, 300))
    older.forEach(({ score }, i) => assert.ok(Math.abs((score as number) - (newer[i].score as number)) < 0.02))
  })
  it('has all that `auto` had learnt: format 4, which knew no cycles', async () => {
    const { evidence, ...rest } = autoOf(4)
    const { evidence: now, ...others } = (await learnt(4)).snapshot() as Auto
    const { book: shapes, ...book } = evidence.shapes
    assert.deepEqual(others, rest)
    assert.deepEqual(now, { ...evidence, shapes: { ...book, shapes, learnt: 300 }, beats: null })
  })
  it('is whole or refused: of a newer format nothing is used', async () => {
    assert.deepEqual(await open(stored({}, currentFormat + 1), 'me'), { refusal: 'tooNew' })
  })
})
