import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Message, runFlow } from '#engine/index'

/** A join with a window of 10 ms behind it that counts its results. */
const flow = (join: object): object[] => [
  { id: 's', type: 'stream-settings', time: 'payload.ts', timeType: 'msg', outOfOrderness: 3 },
  { id: 'in', type: 'inject', wires: [['join']] },
  {
    id: 'join',
    type: 'stream-join',
    settings: 's',
    mode: 'interval',
    left: 'l',
    right: 'r',
    leftKey: 'k',
    rightKey: 'k',
    ...join,
    wires: [['window', 'joined'], []]
  },
  {
    id: 'window',
    type: 'stream-time-window',
    batch: 'batch' in join,
    keyType: 'none',
    size: 10,
    aggregates: [{ fn: 'count' }],
    wires: [['counts'], ['late']]
  },
  ...['joined', 'counts', 'late'].map(id => ({ id, type: 'debug', wires: [] }))
]

/** Rows in order, but for a disorder of less than 3 ms. */
const rows = fc
  .array(
    fc.record({
      step: fc.nat(6),
      back: fc.nat(2),
      topic: fc.constantFrom('l', 'r'),
      k: fc.constantFrom('a', 'b', null)
    }),
    {
      maxLength: 60,
      size: 'max'
    }
  )
  .map(drawn => {
    let newest = 0
    return drawn.map(({ step, back, topic, k }): Message => ({ topic, k, payload: { ts: (newest += step) - back } }))
  })

/** Neighbours of one side and key as one message. */
function inBatches(input: readonly Message[]): Message[] {
  const batches: { topic: unknown; k: unknown; payload: unknown[] }[] = []
  for (const { topic, k, payload } of input) {
    const last = batches.at(-1)
    if (last?.topic === topic && last?.k === k) last?.payload.push(payload)
    else batches.push({ topic, k, payload: [payload] })
  }
  return batches
}

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0)

describe('a window behind an interval join', () => {
  for (const joinType of ['inner', 'left', 'right', 'full']) {
    for (const [lower, upper] of [
      [-5, 20],
      [-20, 5],
      [0, 0],
      [3, 9],
      [-9, -3]
    ]) {
      const join = { joinType, lower, upper }
      const title = `${joinType}, ${lower} to ${upper}`
      it(`finds no result late that comes of records in order: ${title}`, () =>
        fc.assert(
          fc.asyncProperty(rows, async input => {
            const { joined, counts, late } = await runFlow(flow(join), { inputs: { in: input } })
            assert.deepEqual([sum(counts.map(({ payload }) => payload as number)), late], [joined.length, []])
          }),
          { numRuns: 50 }
        ))
      it(`finds none in batches either: ${title}`, () =>
        fc.assert(
          fc.asyncProperty(rows, async input => {
            const { joined, counts, late } = await runFlow(flow({ ...join, batch: true }), {
              inputs: { in: inBatches(input) }
            })
            const results = sum(joined.map(({ payload }) => (payload as unknown[]).length))
            const counted = counts.flatMap(({ payload }) => payload as { value: number }[])
            assert.deepEqual([sum(counted.map(({ value }) => value)), late], [results, []])
          }),
          { numRuns: 50 }
        ))
    }
  }
})
