import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { OncePerTurn } from '#engine/nodes/shared/once-per-turn'

describe('work that is done once a turn of the event loop', () => {
  let done = 0
  const work = new OncePerTurn(() => done++)
  beforeEach(() => (done = 0))

  it('is done behind all that asked for it, and again in the next turn that asks', async () => {
    for (let i = 0; i < 3; i++) work.ask()
    assert.equal(done, 0)
    await nextTurn()
    assert.equal(done, 1)
    work.ask()
    await nextTurn()
    assert.equal(done, 2)
  })
  it('is not done once it was stopped', async () => {
    work.ask()
    work.stop()
    await nextTurn()
    assert.equal(done, 0)
  })
})
