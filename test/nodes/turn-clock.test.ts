import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { turnClock } from '#engine/nodes/shared/turn-clock'

describe('the clock of the nodes', () => {
  const { now } = Date
  let time = 1_700_000_000_000
  beforeEach(async () => {
    await nextTurn()
    Date.now = () => time
  })
  afterEach(() => (Date.now = now))

  it('shows one time within a turn of the event loop, and the new one in the next', async () => {
    const first = turnClock.now()
    time += 5
    assert.equal(turnClock.now(), first)
    await nextTurn()
    assert.equal(turnClock.now(), first + 5)
  })
  it('shows to what it wakes no less than the time it was to wake at', async () => {
    const due = turnClock.now() + 5
    const shown = await new Promise(resolve => {
      turnClock.at(due, () => resolve(turnClock.now()))
      time = due
    })
    assert.equal(shown, due)
  })
})
