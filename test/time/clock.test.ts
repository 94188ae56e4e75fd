import assert from 'node:assert/strict'
import { systemClock } from '#engine/time/clock'

/** Timers and a clock of our own in place of those of the process: nothing sleeps. */
function withClock(work: (clock: { now: number; sleeps: number[]; wake(): void }) => void): void {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout, now: Date.now }
  const waiting = new Map<object, () => void>()
  const clock = {
    now: 1_000_000,
    sleeps: [] as number[],
    /** The clock goes on by as long as was last slept for. */
    wake() {
      clock.now += clock.sleeps[clock.sleeps.length - 1]
      for (const [timer, handle] of [...waiting]) {
        waiting.delete(timer)
        handle()
      }
    }
  }
  globalThis.setTimeout = ((handle: () => void, ms: number) => {
    const timer = { unref: () => timer }
    waiting.set(timer, handle)
    clock.sleeps.push(ms)
    return timer
  }) as unknown as typeof setTimeout
  globalThis.clearTimeout = ((timer: object) => waiting.delete(timer)) as unknown as typeof clearTimeout
  Date.now = () => clock.now
  try {
    work(clock)
  } finally {
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout })
    Date.now = real.now
  }
}

describe('the clock of this computer', () => {
  it('shows its time', () =>
    withClock(clock => {
      assert.equal(systemClock.now(), 1_000_000)
      clock.now++
      assert.equal(systemClock.now(), 1_000_001)
    }))
  it('wakes at a time, having slept for at most ten seconds at once, as it may be set meanwhile', () =>
    withClock(clock => {
      let woken = 0
      systemClock.at(1_025_000, () => woken++)
      for (const expected of [0, 0, 1, 1]) {
        clock.wake()
        assert.equal(woken, expected)
      }
      assert.deepEqual(clock.sleeps, [10_000, 10_000, 5000])
    }))
  it('wakes as soon as it is set to that time or later', () =>
    withClock(clock => {
      let woken = 0
      systemClock.at(5_000_000, () => woken++)
      clock.now = 6_000_000
      clock.wake()
      assert.equal(woken, 1)
      systemClock.at(5_000_000, () => woken++)
      assert.equal(clock.sleeps.pop(), 0)
    }))
  it('wakes where it was put back, for who waits has to think again', () =>
    withClock(clock => {
      let woken = 0
      systemClock.at(1_025_000, () => woken++)
      clock.wake()
      clock.now -= 3_600_000
      clock.wake()
      assert.equal(woken, 1)
    }))
  it('does not wake when it is called off, be it between two sleeps', () =>
    withClock(clock => {
      let woken = 0
      systemClock.at(1_005_000, () => woken++)()
      clock.wake()
      const cancel = systemClock.at(1_035_000, () => woken++)
      clock.wake()
      cancel()
      clock.wake()
      clock.wake()
      assert.equal(woken, 0)
    }))
})
