import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Cut } from '#engine/state/cut'
import { fromText, toText } from '#engine/state/lines'

const rows = (states: unknown[]): Cut =>
  new Cut(
    states.map((state, order) => ({ key: String(order), order, lastSeen: order, state })),
    state => state,
    () => undefined
  )

describe('a snapshot as text', () => {
  it('comes back, wherever its text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), fc.nat({ max: 20 }), async (states, length) => {
        const text = [...toText({ watermark: null, operator: { arrivals: 3, keys: rows(states) } })].join('')
        const pieces = length === 0 ? [text] : (text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [])
        const keys = states.map((state, i) => [String(i), i, state])
        assert.deepEqual(
          await fromText(pieces),
          JSON.parse(JSON.stringify({ watermark: null, operator: { arrivals: 3, keys } }))
        )
      })
    )
  })
  it('may be of rows alone, or have none', async () => {
    assert.deepEqual(await fromText(toText({ operator: rows([7]) })), { operator: [['0', 0, 7]] })
    assert.deepEqual(await fromText(toText({ operator: null })), { operator: null })
  })
  it('is made bit by bit: a row when it is asked for', () => {
    const text = toText({ operator: rows([1, 2, 3]) })
    assert.deepEqual([text.next().value, text.next().value], ['{"operator":"\\u0000rows"}', '\n["0",0,1]'])
  })
})
