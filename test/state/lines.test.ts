import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Cut, CutShort } from '#engine/state/cut'
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
        const keys = states.map((state, i) => [String(i), i, state, i])
        assert.deepEqual(
          await fromText(pieces),
          JSON.parse(JSON.stringify({ watermark: null, operator: { arrivals: 3, keys } }))
        )
      })
    )
  })
  it('may be of rows alone, or have none', async () => {
    assert.deepEqual(await fromText(toText({ operator: rows([7]) })), { operator: [['0', 0, 7, 0]] })
    assert.deepEqual(await fromText(toText({ operator: null })), { operator: null })
  })
  it('has the rows of keys that change before they were read next, as they were', () => {
    const entries = ['a', 'b', 'c'].map((key, order) => ({ key, order, lastSeen: 0, state: 1 }))
    const cut = new Cut(
      entries,
      state => state,
      () => undefined
    )
    const [first, ...others] = entries
    const text = cut[Symbol.iterator]()
    const lines = [text.next().value as string]
    for (const entry of [first, others[1], others[1]]) {
      cut.keep(entry)
      entry.state++
    }
    assert.deepEqual([...lines, ...text], ['["a",0,1,0]', '["c",0,1,2]', '["b",0,1,1]'])
  })
  it('asks for the state of no key any more once all is forgotten', () => {
    const asked: unknown[] = []
    const entries = ['a', 'b'].map((key, order) => ({ key, order, lastSeen: 0, state: key }))
    const cut = new Cut(
      entries,
      state => asked.push(state),
      () => undefined
    )
    const text = cut[Symbol.iterator]()
    text.next()
    cut.end()
    assert.throws(() => text.next(), CutShort)
    assert.deepEqual(asked, ['a'])
  })
  it('is made bit by bit: a row when it is asked for', () => {
    const text = toText({ operator: rows([1, 2, 3]) })
    assert.deepEqual([text.next().value, text.next().value], ['{"operator":"\\u0000rows"}', '\n["0",0,1,0]'])
  })
})
