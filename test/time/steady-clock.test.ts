import assert from 'node:assert/strict'
import fc from 'fast-check'
import { SteadyClock } from '#engine/time/steady-clock'

/** A clock that is set by hand, a steady one after it, and by how much it was told to have been put back. */
function clocks(now = 0): { wall: { now: number }; steady: SteadyClock; told: number[] } {
  const wall = { now }
  const told: number[] = []
  const steady = new SteadyClock({ now: () => wall.now, at: () => () => undefined }, by => told.push(by))
  return { wall, steady, told }
}

describe('the time of arrival', () => {
  it('is that of the wall clock as long as that goes on', () => {
    const { wall, steady, told } = clocks(100)
    for (const now of [100, 100, 101, 5000]) {
      wall.now = now
      assert.equal(steady.now(), now)
      assert.equal(steady.wallTimeOf(9000), 9000)
    }
    assert.deepEqual(told, [])
  })
  it('goes on from where it stood when the clock is put back, a tenth slower until both agree', () => {
    const { wall, steady, told } = clocks(10_000)
    steady.now()
    wall.now = 9000
    assert.equal(steady.now(), 10_000)
    assert.deepEqual(told, [1000])
    wall.now = 10_000
    assert.equal(steady.now(), 10_900)
    assert.equal(steady.wallTimeOf(11_000), 10_100)
    wall.now = 18_990
    assert.equal(steady.now(), 18_991)
    for (const now of [19_000, 50_000]) {
      wall.now = now
      assert.equal(steady.now(), now)
    }
    assert.deepEqual(told, [1000])
  })
  it('adds up how often it is put back', () => {
    const { wall, steady, told } = clocks(10_000)
    for (const now of [10_000, 9000, 8500, 8501]) {
      wall.now = now
      steady.now()
    }
    assert.deepEqual(told, [1000, 500])
    assert.equal(steady.now(), 10_001)
  })
  it('knows what the wall clock showed before a restart', () => {
    const { wall, steady, told } = clocks(5000)
    steady.sawAtLeast(8000)
    steady.sawAtLeast(7000)
    assert.equal(steady.now(), 8000)
    assert.deepEqual(told, [3000])
    wall.now = 6000
    assert.equal(steady.now(), 8900)
  })
  it('never goes back and never stands still for long, however the clock is set', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { maxLength: 50 }), settings => {
        const { wall, steady } = clocks()
        let last = steady.now()
        for (const by of settings) {
          wall.now += by
          const now = steady.now()
          assert.ok(now >= last, 'not back')
          assert.ok(now >= wall.now, 'not behind the wall clock')
          // 10 ms more, and it has gone on by at least 8
          wall.now += 10
          last = steady.now()
          assert.ok(last - now >= 8 && last - now <= 11, `${last - now} ms in 10`)
        }
      })
    )
  })
  it('comes to a time when the wall clock shows `wallTimeOf` it, or a little earlier', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (back, ahead) => {
        const { wall, steady } = clocks(10_000)
        steady.now()
        wall.now -= back
        const due = steady.now() + ahead
        wall.now = Math.max(wall.now, steady.wallTimeOf(due))
        assert.ok(steady.now() <= due + 1)
      })
    )
  })
})
