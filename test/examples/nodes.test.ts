import assert from 'node:assert/strict'
import { copyOf, exampleFiles, readExample } from './example-files'
import { type Message, run, type RunningExample } from './runtime'

const payloads = (messages: readonly Message[]): unknown[] => messages.map(({ payload }) => payload)

type Drive = (example: RunningExample) => Promise<void>

/** What a new user does with each example, and sees. */
const drives: Record<string, Drive> = {
  '01-map.json': async ({ click, shown }) => {
    click('ex-map-in')
    assert.deepEqual(payloads(await shown('ex-map-out', 1)), [20])
  },
  '02-filter.json': async ({ click, shown }) => {
    click('ex-filter-in')
    assert.deepEqual(payloads(await shown('ex-filter-out', 3)), [21.5, 22, 22.4])
    assert.deepEqual(payloads(await shown('ex-filter-rejected', 1)), [-999])
  },
  '03-count-window.json': async ({ click, shown }) => {
    click('ex-count-in')
    assert.deepEqual(payloads(await shown('ex-count-out', 2)), [2, 5])
    click('ex-count-in') // the 7th of before comes first: 7, 1, 2
    assert.deepEqual(payloads(await shown('ex-count-out', 4)), [2, 5, 10 / 3, 4])
  },
  '04-time-window.json': async ({ click, shown }) => {
    click('ex-time-in')
    assert.deepEqual(payloads(await shown('ex-time-late', 1)), [{ ts: '2026-01-05T08:00:02Z', value: 99 }])
    click('ex-time-end')
    const means = await shown('ex-time-out', 3)
    assert.deepEqual(payloads(means), [2, 10, 20])
    assert.equal(means[0].topic, 'oven')
    click('ex-time-in')
    assert.deepEqual(payloads(await shown('ex-time-out', 4)), [2, 10, 20, 2]) // and not the flush, which travels on
  },
  '05-join.json': async ({ click, shown }) => {
    click('ex-join-hot')
    click('ex-join-other')
    click('ex-join-shaking')
    const [{ payload, topic }] = await shown('ex-join-out', 1)
    assert.deepEqual({ payload, topic }, { payload: { left: 71, right: 4.2 }, topic: 'p1' })
  },
  '06-stats.json': async ({ click, shown }) => {
    click('ex-stats-in')
    const last = payloads(await shown('ex-stats-out', 8)).at(-1) as { stddev: number }
    assert.deepEqual({ ...last, stddev: last.stddev.toFixed(2) }, {
      count: 8,
      sum: 40,
      mean: 5,
      min: 2,
      max: 9,
      stddev: '2.14'
    })
  },
  '07-anomaly.json': async ({ click, shown }) => {
    click('ex-anomaly-usual')
    await shown('ex-anomaly-all', 100)
    click('ex-anomaly-unusual')
    const [alarm] = await shown('ex-anomaly-alarm', 1)
    assert.equal(alarm.payload, 35)
    assert.equal((alarm.anomaly as { isAnomaly: boolean }).isAnomaly, true)
    const last = (await shown('ex-anomaly-all', 101)).at(-1)
    assert.equal(last?.payload, 35)
  }
}

describe('an example of one node, imported into Node-RED', () => {
  let example: RunningExample | undefined
  afterEach(async () => {
    await example?.stop()
    example = undefined
  })

  for (const [file, drive] of Object.entries(drives)) {
    it(`${file} shows what its comment says`, async () => {
      example = await run(readExample(file))
      await drive(example)
    })
    it(`${file} works beside its own copy`, async () => {
      const nodes = readExample(file)
      example = await run([...copyOf(nodes), ...nodes])
      await drive(example)
    })
  }
  it('is driven for each that needs no dashboard', () => {
    const alone = exampleFiles.filter(file => !readExample(file).some(({ type }) => type === 'ui-page'))
    assert.deepEqual(Object.keys(drives), alone)
  })
})
