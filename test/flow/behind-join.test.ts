import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Message, runFlow } from '#engine/index'

/** A join with a window of 10 ms behind it that counts its results. */
const flow = (lower: number, upper: number, joinType: string): object[] => [
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
    lower,
    upper,
    joinType,
    wires: [['window', 'joined'], []]
  },
  {
    id: 'window',
    type: 'stream-time-window',
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

describe('a window behind an interval join', () => {
  for (const joinType of ['inner', 'left', 'right', 'full']) {
    for (const [lower, upper] of [
      [-5, 20],
      [-20, 5],
      [0, 0],
      [3, 9],
      [-9, -3]
    ]) {
      it(`finds no result late that comes of records in order: ${joinType}, ${lower} to ${upper}`, () =>
        fc.assert(
          fc.asyncProperty(rows, async input => {
            const { joined, counts, late } = await runFlow(flow(lower, upper, joinType), { inputs: { in: input } })
            const counted = counts.reduce((sum, { payload }) => sum + (payload as number), 0)
            assert.deepEqual([counted, late], [joined.length, []])
          }),
          { numRuns: 50 }
        ))
    }
  }
})
