import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Node, NodeAPI } from 'node-red'
import { StateKeeper } from '#engine/nodes/shared/state-keeper'
import type { SaveOptions, StateStore } from '#engine/nodes/shared/state-store'
import type { Stage } from '#engine/stage/stage'
import { Cut } from '#engine/state/cut'
import { checksum, type Label, label, type Stored } from '#engine/state/envelope'

const RED = { _: (key: string) => key } as unknown as NodeAPI

/** A stage whose state is a number. */
function fakeStage(): Stage & { state: number; revision: number } {
  const stage = {
    state: 0,
    revision: 0,
    identity: 'me',
    snapshot: () => stage.state,
    restore: (state: number) => (stage.state = state),
    reset: () => (stage.state = 0)
  }
  return stage as unknown as Stage & { state: number }
}

/** A snapshot as it is stored. */
function stored(state: number, isLast = true): Stored {
  const summed = checksum()
  summed.add(String(state))
  return { ...label('me', 0, isLast), checksum: summed.sum(), text: [String(state)] }
}

/** A store in memory; `before` may hold up what it does, or fail. */
class FakeStore implements StateStore {
  saves: (Label & { state: unknown; isUrgent: boolean })[] = []
  asides = 0
  removed = false
  before: () => Promise<void> = () => Promise.resolve()

  constructor(public kept?: Stored) {}

  async load(): Promise<Stored | undefined> {
    await this.before()
    return this.kept
  }
  async save(of: Label, text: AsyncIterable<string>, { isUrgent, signal }: SaveOptions): Promise<void> {
    await this.before()
    let all = ''
    for await (const piece of text) all += piece
    signal.throwIfAborted()
    this.saves.push({ ...of, state: JSON.parse(all), isUrgent })
  }
  putAside(): Promise<void> {
    return Promise.resolve(void this.asides++)
  }
  remove(): Promise<void> {
    return Promise.resolve(void (this.removed = true))
  }
}

/** Resolves once `isSo`. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await nextTurn()
}

const never = (): Promise<void> => new Promise(() => undefined)
const atOnce = (): Promise<void> => Promise.resolve()

/** A keeper with all that belongs to it, and what it says. */
function keep(store: FakeStore, checkpoint = 60_000, patience = 10_000) {
  const stage = fakeStage()
  const said: string[] = []
  const say = (text: string): void => void said.push(text.replace(/^.*\./, ''))
  const node = { warn: say, log: say } as unknown as Node
  return { stage, said, keeper: new StateKeeper(RED, node, stage, store, checkpoint, patience) }
}

const fail = (): Promise<void> => Promise.reject(new Error('EIO: i/o error, read'))

describe('the keeper of state', () => {
  it('brings back what was kept, and saves the last state when the node closes', async () => {
    const store = new FakeStore(stored(7))
    const { keeper, stage, said } = keep(store)
    await keeper.restore()
    assert.equal(stage.state, 7)
    stage.state++
    await keeper.close(false, atOnce)
    const { state, isLast } = store.saves.at(-1) ?? {}
    assert.deepEqual([state, isLast], [8, true])
    assert.deepEqual(said, [])
  })
  it('tells a crash before the first checkpoint too: what is kept is not the last any more once the node runs', async () => {
    const store = new FakeStore(stored(7))
    const { keeper } = keep(store)
    await keeper.restore()
    await until(() => store.saves.length === 1)
    assert.deepEqual([store.saves[0].state, store.saves[0].isLast], [7, false])
    await keeper.close(true, atOnce)
  })
  it('saves what counts as newer than all that is kept, though the clock was put back', async () => {
    const kept = { ...stored(7), savedAt: Date.now() + 3_600_000 }
    const store = new FakeStore(kept)
    const { keeper, stage } = keep(store)
    await keeper.restore()
    await until(() => store.saves.length === 1)
    stage.state++
    await keeper.close(false, atOnce)
    assert.deepEqual(
      store.saves.map(({ state, savedAt }) => [state, savedAt]),
      [
        [7, kept.savedAt + 1],
        [8, kept.savedAt + 2]
      ]
    )
  })
  it('says so where the store does not answer', async () => {
    const store = new FakeStore()
    const { keeper, said } = keep(store, 1)
    const restored = keeper.restore()
    store.before = never
    await restored
    const clock = mock.method(Date, 'now', () => performance.timeOrigin + performance.now() + 60_000)
    await until(() => said.length > 0)
    clock.mock.restore()
    assert.deepEqual(said, ['unanswered'])
  })
  it('says so, once, where the store does not give the state', () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const store = new FakeStore(stored(7))
    store.before = never
    const { keeper, said } = keep(store)
    void keeper.restore()
    mock.timers.tick(59_999)
    assert.deepEqual(said, [])
    mock.timers.tick(3_600_000)
    assert.deepEqual(said, ['unread'])
    mock.timers.reset()
  })
  it('takes the last state only when all that is under way has ended', async () => {
    const store = new FakeStore()
    const { keeper, stage } = keep(store)
    await keeper.restore()
    await keeper.close(false, async () => {
      await Promise.resolve()
      stage.state = 5
    })
    assert.equal(store.saves.at(-1)?.state, 5)
  })
  it('of a node that closes before its state was read loses nothing of it', async () => {
    const store = new FakeStore(stored(7))
    let answer = (): void => undefined
    const asked = new Promise<void>(resolve => (answer = resolve))
    store.before = () => asked
    const { keeper } = keep(store)
    void keeper.restore()
    const closed = keeper.close(false, atOnce)
    answer()
    await closed
    assert.equal(store.saves[0].state, 7)
  })
  it('saves at each checkpoint, where something has changed', async () => {
    const store = new FakeStore()
    const { keeper, stage } = keep(store, 1)
    await keeper.restore()
    await until(() => store.saves.length === 1)
    stage.state = 3
    for (let turns = 0; turns < 20; turns++) await new Promise(resolve => setTimeout(resolve, 1))
    assert.equal(store.saves.length, 1)
    stage.revision++
    await until(() => store.saves.length === 2)
    assert.deepEqual([store.saves[1].state, store.saves[1].isLast], [3, false])
    await keeper.close(true, atOnce)
  })
  it('says after a crash since when all is lost, and nothing after an end in order', async () => {
    for (const isLast of [true, false]) {
      const { keeper, said } = keep(new FakeStore(stored(7, isLast)))
      await keeper.restore()
      assert.deepEqual(said, isLast ? [] : ['crashed'])
      await keeper.close(true, atOnce)
    }
  })
  it('says once a minute that it cannot save, keeps the state, and saves it as soon as it can', async () => {
    const store = new FakeStore()
    const { keeper, stage, said } = keep(store, 1)
    await keeper.restore()
    let failures = 0
    store.before = () => (failures++, fail())
    stage.revision++
    await until(() => failures > 3)
    assert.deepEqual(said, ['unsaved'])
    stage.state = 4
    store.before = atOnce
    await until(() => store.saves.at(-1)?.state === 4)
    await keeper.close(false, atOnce)
    assert.deepEqual(said, ['unsaved'])
  })
  it('begins anew where the store cannot be read, and keeps aside what may be there', async () => {
    const store = new FakeStore(stored(7))
    store.before = fail
    const { keeper, stage, said } = keep(store)
    await keeper.restore()
    assert.deepEqual([stage.state, said, store.asides], [0, ['unreadable'], 1])
    await keeper.close(true, atOnce)
  })
  it('refuses what is damaged, too new, or of another configuration, in words', async () => {
    const good = stored(7)
    const cases: [Stored, string, asides: number][] = [
      [{ ...good, checksum: 'x' }, 'corrupt', 1],
      [{ ...good, text: ['7', '0'] }, 'corrupt', 1],
      [{ ...good, text: ['{'] }, 'corrupt', 1],
      [{ ...good, v: 0 }, 'corrupt', 1],
      [{ ...good, v: 1000 }, 'tooNew', 1],
      [{ ...good, of: 'another' }, 'otherConfiguration', 0],
      ['old junk' as unknown as Stored, 'corrupt', 1]
    ]
    for (const [kept, words, asides] of cases) {
      const store = new FakeStore(kept)
      const { keeper, stage, said } = keep(store)
      await keeper.restore()
      assert.deepEqual([stage.state, said, store.asides], [0, [words], asides], words)
      await keeper.close(true, atOnce)
    }
  })
  it('refuses a state that the node cannot take, and leaves nothing of it', async () => {
    const store = new FakeStore(stored(7))
    const { keeper, stage, said } = keep(store)
    stage.restore = state => {
      stage.state = state as number
      throw new TypeError('no such thing')
    }
    await keeper.restore()
    assert.deepEqual([stage.state, said, store.asides], [0, ['corrupt'], 1])
    await keeper.close(true, atOnce)
  })
  it('saves at once after a reset, in place of a save that is under way', async () => {
    const store = new FakeStore()
    const { keeper, stage } = keep(store, 1)
    await keeper.restore()
    let isUnderWay = false
    let go = (): void => undefined
    store.before = () => ((isUnderWay = true), new Promise<void>(resolve => (go = resolve)))
    stage.revision++
    await until(() => isUnderWay)
    store.before = atOnce
    stage.state = -1
    keeper.forgot()
    go()
    await until(() => store.saves.at(-1)?.state === -1)
    assert.equal(store.saves.at(-1)?.isUrgent, true)
    await keeper.close(true, atOnce)
  })
  it('does not save more than once a second because of resets', async () => {
    const store = new FakeStore()
    const { keeper } = keep(store)
    await keeper.restore()
    for (let i = 0; i < 1000; i++) keeper.forgot()
    await until(() => store.saves.length > 0)
    await keeper.close(false, atOnce)
    assert.deepEqual(
      store.saves.map(({ isUrgent }) => isUrgent),
      [true, false]
    )
  })
  it('lets a save that a reset has begun come to its end, whatever is reset meanwhile', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const store = new FakeStore()
    const { keeper, stage } = keep(store)
    await keeper.restore()
    await until(() => store.saves.length === 1)
    let go = (): void => undefined
    store.before = () => new Promise<void>(resolve => (go = resolve))
    keeper.forgot()
    for (let seconds = 0; seconds < 5; seconds++) {
      await nextTurn()
      mock.timers.tick(1000)
      keeper.forgot()
    }
    store.before = atOnce
    stage.state = 5
    go()
    await until(() => store.saves.length === 2)
    await nextTurn()
    mock.timers.tick(1000)
    await until(() => store.saves.length === 3)
    assert.equal(store.saves[2].state, 5)
    mock.timers.reset()
    await keeper.close(true, atOnce)
  })
  it('saves nothing behind the last state because of a reset before it', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const store = new FakeStore()
    const { keeper } = keep(store)
    await keeper.restore()
    keeper.forgot()
    keeper.forgot()
    await keeper.close(false, atOnce)
    await nextTurn()
    mock.timers.tick(5000)
    await nextTurn()
    assert.equal(store.saves.at(-1)?.isLast, true)
    mock.timers.reset()
  })
  it('finds nothing wrong with a save during which all is forgotten, and saves again', async () => {
    const store = new FakeStore()
    const { keeper, stage, said } = keep(store)
    await keeper.restore()
    await until(() => store.saves.length === 1)
    const cut = new Cut(
      [{ key: 'a', order: 0, lastSeen: 0, state: 1 }],
      state => state,
      () => undefined
    )
    stage.snapshot = () => cut
    let isUnderWay = false
    let go = (): void => undefined
    store.before = () => ((isUnderWay = true), new Promise<void>(resolve => (go = resolve)))
    keeper.forgot()
    await until(() => isUnderWay)
    cut.end()
    stage.snapshot = () => 5
    keeper.forgot()
    store.before = atOnce
    go()
    await until(() => store.saves.at(-1)?.state === 5)
    assert.deepEqual(said, [])
    await keeper.close(true, atOnce)
  })
  it('says what is lost where saving takes too long, and lets the node close', async () => {
    const store = new FakeStore()
    const { keeper, said } = keep(store, 60_000, 5)
    await keeper.restore()
    store.before = never
    await keeper.close(false, atOnce)
    assert.deepEqual(said, ['slow'])
  })
  it('says what may be lost where the last state cannot be saved, whatever was said before', async () => {
    const store = new FakeStore()
    const { keeper, stage, said } = keep(store, 1)
    await keeper.restore()
    store.before = fail
    stage.revision++
    await until(() => said.length > 0)
    await keeper.close(false, atOnce)
    assert.deepEqual(said, ['unsaved', 'unsavedLast'])
  })
  it('removes what is kept of a node that is deleted', async () => {
    const store = new FakeStore(stored(7))
    const { keeper } = keep(store)
    await keeper.restore()
    await keeper.close(true, atOnce)
    assert.deepEqual([store.removed, store.saves], [true, []])
  })
})
