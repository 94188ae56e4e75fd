import assert from 'node:assert/strict'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DeployType, NodeRed, type StartOptions } from './node-red-process'
import { platforms } from './platforms'
import { assertBalanced, deployFor, flush, savedAt, summing, survivalFlow, takenAt, together } from './survival'

/** `npm run soak` takes its time, and its load is a real one: the source feeds eight nodes. */
const isSoak = process.env.npm_lifecycle_event === 'soak'
const perSecond = isSoak ? 5000 : 1000
/** How long the load lasts, ms. */
const duration = isSoak ? 60_000 : 1000

const disk = { disk: { module: 'localfilesystem', config: { flushInterval: 0.2 } } }
const settings = { checkpoint: '200ms' }

const rest = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

for (const { title, runtime, needs, node } of platforms) {
  describe(`state, in a real ${title} on ${node?.version ?? `${needs} (skipped: needs ${needs})`}`, function () {
    this.timeout(120_000 + 2 * duration)
    let options: StartOptions
    let red: NodeRed
    before(function () {
      if (node === undefined) this.skip()
      options = { runtime, node: node.file }
    })
    after(async () => {
      await red?.end('SIGKILL')
      if (options?.userDir) rmSync(options.userDir, { recursive: true, force: true })
    })
    /** Starts Node-RED, in place of the one that ran, over the same folder. */
    async function start(contextStorage: object | undefined, flow: object[]): Promise<NodeRed> {
      await red?.end('SIGKILL')
      red = await NodeRed.start({ ...options, contextStorage }, flow)
      options.userDir = red.userDir
      return red
    }

    describe('kept in memory', () => {
      before(() => start(undefined, summing()))

      /** What the sum of 1, of 2 before and of 4 after the deploys is. */
      async function sumOver(...deploys: [flow: object[], type: DeployType][]): Promise<unknown> {
        await red.deploy(summing(), 'full')
        red.send('m.in', { reset: true }, { payload: 1 }, { payload: 2 })
        await red.next('m.out')
        for (const [flow, type] of deploys) await red.deploy(flow, type)
        const at = (JSON.stringify(deploys.at(-1)?.[0]).match(/"id":"(\w+)\.in"/) ?? [])[1]
        red.send(`${at}.in`, { payload: 4 }, { flush: true })
        const [{ payload }] = await red.next(`${at}.out`, 2)
        return payload
      }
      for (const type of ['nodes', 'flows', 'full'] as const) {
        it(`survives a deploy of ${type}, with other names, places and wires`, async () => {
          const changed = summing({ name: `for ${type}`, x: 500, wires: [['out', 'in2'], []] })
          assert.equal(await sumOver([changed, type]), 7)
        })
      }
      it('survives a move to another tab', async () => {
        const moved = summing({}, 'n').map(node =>
          Object.fromEntries(Object.entries(node).map(([name, value]) => [name, value === 'n.sum' ? 'm.sum' : value]))
        )
        const wired = JSON.parse(JSON.stringify(moved).replace('["n.sum"]', '["m.sum"]')) as object[]
        assert.equal(await sumOver([wired, 'nodes']), 7)
      })
      it('survives that the node, or its tab, is disabled for a while', async () => {
        assert.equal(await sumOver([summing({ d: true }), 'nodes'], [summing(), 'nodes']), 7)
        const disabled = summing().map(node => ('label' in node ? { ...node, disabled: true } : node))
        assert.equal(await sumOver([disabled, 'full'], [summing(), 'full']), 7)
      })
      it('is gone with the node', async () => {
        const without = summing().filter(node => (node as { id: string }).id !== 'm.sum')
        assert.equal(await sumOver([without, 'full'], [summing(), 'full']), 4)
      })
      it('is not that of a copy', async () => {
        assert.equal(await sumOver([[...summing(), ...summing({}, 'copy')].reverse(), 'full']), 4)
      })
      it('of another configuration is left, which is said', async () => {
        assert.equal(await sumOver([summing({ size: '2000' }), 'nodes']), 4)
        assert.match(red.log, /the configuration has changed so that the saved state means nothing any more/)
      })
      it('is not kept where the settings say so', async () => {
        const off = [...summing({ settings: 'off' }), { id: 'm.off', type: 'stream-settings', z: 'm', store: 'off' }]
        assert.equal(await sumOver([off, 'nodes'], [summing(), 'nodes']), 4)
      })
      it('survives deploys under load', async function () {
        await red.deploy(survivalFlow(0, settings), 'full')
        await deployUnderLoad(this, red)
      })
    })

    describe('kept on the disk', () => {
      it('survives deploys under load, and a restart', async function () {
        const before = await start(disk, survivalFlow(0, settings))
        await deployUnderLoad(this, before)
        before.load({ at: 's.in', perSecond })
        await rest(duration)
        await before.end('SIGTERM')
        const after = await start(disk, survivalFlow(0, settings))
        after.load({ at: 's.in', perSecond, first: before.report.next })
        await rest(duration)
        await flush(after)
        assertBalanced(together([before.report.books, after.report.books]))
        assert.doesNotMatch(after.log, /was not stopped cleanly/)
      })
      it('is that of the last checkpoint after a crash, and the log says of when', async () => {
        const before = red
        const { books, next: first } = before.report
        before.load({ at: 's.in', perSecond, first })
        // so long that the heavy state has a file, not so long that it takes seconds to write
        const crash = Date.now() + Math.min(5 * duration, 10_000)
        await before.until(() => before.report.at > crash, 60_000, 'the time of the crash')
        await before.end('SIGKILL')
        assert.ok(existsSync(join(before.userDir, 'stream-analytics/s.heavy.json')))
        const after = await start(disk, survivalFlow(0, settings))
        const times = { long: await savedAt(after, 'long'), heavy: await savedAt(after, 'heavy') }
        await flush(after)
        for (const [name, time] of Object.entries(times)) {
          const saved = after.report.books[`s.${name}`].sent[0].count
          const [least, most] = takenAt(before, name, time).map(taken => taken - books[`s.${name}`].done.count)
          assert.ok(saved >= least && saved <= most, `${name}: ${saved} of ${least} to ${most}`)
          assert.ok(crash - time < 5000, `${name}: ${crash - time} ms before the crash`)
        }
      })
    })
  })
}

/** Deploys while records come: none is lost, and none counts twice. */
async function deployUnderLoad({ test }: Mocha.Context, red: NodeRed): Promise<void> {
  red.load({ at: 's.in', perSecond })
  const deploys = await deployFor(red, duration, 50, settings)
  await red.until(() => red.report.next > duration, 60_000, 'enough records')
  await flush(red)
  assertBalanced(red.report.books)
  if (test) test.title += ` (${deploys} deploys, ${red.report.next - 1} records)`
}
