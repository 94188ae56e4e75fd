import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mock } from 'node:test'
import type { Node, NodeAPI } from 'node-red'
import { LateRecords } from '#engine/nodes/shared/late-records'

const RED = { _: (key: string) => key } as unknown as NodeAPI

type Texts = { runtime: { warning: Record<string, string> } }

/** A Node-RED that says the package's own texts, as its translation does. */
function speaking(language: string): NodeAPI {
  const { runtime } = JSON.parse(readFileSync(`nodes/locales/${language}/stream-settings.json`, 'utf8')) as Texts
  const translate = (key: string, values: Record<string, string | number>): string => {
    const name =
      key.slice(key.lastIndexOf('.') + 1) + (values.count === undefined || values.count === 1 ? '' : '_plural')
    return runtime.warning[name].replace(/__(\w+)__/g, (_, value: string) => String(values[value]))
  }
  return { _: translate } as unknown as NodeAPI
}

const lateWords: Record<string, string[]> = {
  'en-US': [
    '1 late record was dropped, 1m behind (key pump)',
    '2 late records were dropped, the last 1m behind',
    '2 late records were dropped, the last 1m behind (key pump)'
  ],
  'zh-TW': [
    '已捨棄 1 筆遲到的紀錄，落後 1m（鍵 pump）',
    '已捨棄 2 筆遲到的紀錄，最後一筆落後 1m',
    '已捨棄 2 筆遲到的紀錄，最後一筆落後 1m（鍵 pump）'
  ]
}

describe('late records that nobody takes', () => {
  const node = { wires: [[], []], warn: () => undefined } as unknown as Node
  const record = (time: number): { stream: object } => ({ stream: { v: 1, source: 'a', time, key: null, before: 10 } })
  it('are those behind the watermark, and not what a join has no use for', () => {
    const late = new LateRecords(RED, node)
    late.see(record(10))
    late.see(record(11))
    assert.equal(late.count, 1)
  })
  it('are counted one by one in a batch', () => {
    const late = new LateRecords(RED, node)
    const stream = {
      v: 1,
      source: 'a',
      time: 30,
      key: null,
      watermark: 20,
      times: [20, 5, 30],
      keys: [null, null, null]
    }
    late.see({ stream })
    assert.equal(late.count, 2)
  })
  it('may be more than a function takes arguments', () => {
    const late = new LateRecords(RED, node)
    const times = Array.from({ length: 300_000 }, () => 5)
    late.see({ stream: { v: 1, source: 'a', time: 5, key: null, watermark: 20, times, keys: times.map(() => null) } })
    assert.equal(late.count, 300_000)
  })
  for (const [language, expected] of Object.entries(lateWords)) {
    it(`are told in words that fit one and many, with and without a key: ${language}`, () => {
      const told = (key: string, times: number[]): string => {
        const warn = mock.fn<(text: string) => void>()
        const late = new LateRecords(speaking(language), { wires: [[], []], warn } as unknown as Node)
        const header = { v: 1, source: 'a', time: times[0], key, watermark: 60_000, times, keys: times.map(() => key) }
        late.see({ stream: header })
        return warn.mock.calls[0].arguments[0].split(/[:：]/)[0]
      }
      assert.deepEqual([told('pump', [0]), told('', [0, 1]), told('pump', [0, 1])], expected)
    })
  }
})
