import assert from 'node:assert/strict'
import type { Node, NodeAPI } from 'node-red'
import { LateRecords } from '#engine/nodes/shared/late-records'
import { StateKeeper } from '#engine/nodes/shared/state-keeper'
import type { StateStore } from '#engine/nodes/shared/state-store'
import { type Envelope, seal } from '#engine/state/envelope'
import type { Stage } from '#engine/stage/stage'

const RED = { _: (key: string) => key } as unknown as NodeAPI

/** A stage whose state is a number. */
function fakeStage(): Stage & { state: number } {
  const stage = {
    state: 0,
    revision: 0,
    identity: 'me',
    settled: Promise.resolve(),
    snapshot: () => stage.state,
    restore: (state: number) => (stage.state = state),
    restart: () => (stage.state = 0)
  }
  return stage as unknown as Stage & { state: number }
}

/** A store that answers when it is told to. */
function slowStore(stored: unknown): StateStore & { kept: unknown; answer(): void } {
  let answer = (): void => undefined
  const asked = new Promise<void>(resolve => (answer = resolve))
  const store = {
    kept: stored,
    answer: () => answer(),
    load: () => asked.then(() => store.kept),
    save: (envelope: Envelope) => Promise.resolve(void (store.kept = envelope)),
    putAside: () => Promise.resolve(),
    remove: () => Promise.resolve()
  }
  return store
}

describe('the keeper of state', () => {
  it('of a node that closes before its state was read loses nothing of it', async () => {
    const store = slowStore(seal(7, 'me', 0, true))
    const stage = fakeStage()
    const node = { warn: () => undefined, log: () => undefined } as unknown as Node
    const keeper = new StateKeeper(RED, node, stage, store, 60_000)
    void keeper.restore()
    const closed = keeper.close(false)
    store.answer()
    await closed
    assert.equal((store.kept as Envelope).state, '7')
  })
})

describe('late records that nobody takes', () => {
  const node = { wires: [[], []], warn: () => undefined } as unknown as Node
  const record = (time: number): { stream: object } => ({ stream: { v: 1, source: 'a', time, key: null, before: 10 } })
  it('are those behind the watermark, and not what a join has no use for', () => {
    const late = new LateRecords(RED, node)
    late.see(record(10))
    late.see(record(11))
    assert.equal(late.count, 1)
  })
})
