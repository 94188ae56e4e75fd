import assert from 'node:assert/strict'
import { BoundedDisorder } from '#engine/time/bounded-disorder'
import { Idleness } from '#engine/time/idleness'
import { MinimumWatermark } from '#engine/time/minimum-watermark'

describe('the watermark of a source that declares its time', () => {
  const after = (source: BoundedDisorder, time: number): number => {
    source.observe(time)
    return source.watermark
  }
  it('is the largest time less the disorder, and never goes back', () => {
    const source = new BoundedDisorder(3)
    assert.equal(source.watermark, -Infinity)
    assert.deepEqual(
      [5, 4, 9, 8].map(time => after(source, time)),
      [2, 2, 6, 6]
    )
  })
  it('may be raised, but not lowered', () => {
    const source = new BoundedDisorder(3)
    source.raise(10)
    assert.equal(after(source, 12), 10)
    source.raise(5)
    assert.equal(source.watermark, 10)
    assert.equal(after(source, 14), 11)
  })
})

describe('a source that falls silent', () => {
  it('advances with the clock after the timeout, from where it stood', () => {
    const idleness = new Idleness(1000)
    idleness.heard(50_000, 7)
    assert.deepEqual(
      [50_000, 51_000, 51_001, 52_000].map(now => idleness.watermark(now)),
      [-Infinity, -Infinity, 8, 1007]
    )
    idleness.heard(60_000, 500)
    assert.deepEqual(
      [61_000, 61_100].map(now => idleness.watermark(now)),
      [-Infinity, 600]
    )
  })
  it('tells when it will have come to a time', () => {
    const idleness = new Idleness(1000)
    assert.equal(idleness.reaches(10), Infinity, 'nothing was heard')
    for (const due of [8, 100, 7, 3]) {
      idleness.heard(50_000, 7)
      const at = idleness.reaches(due)
      assert.ok(idleness.watermark(at - 1) < due || at === 51_001, `${due}`)
      assert.ok(idleness.watermark(at) >= due)
    }
    assert.equal(idleness.reaches(Infinity), Infinity)
  })
  it('waits for ever without a timeout', () => {
    const idleness = new Idleness(undefined)
    idleness.heard(50_000, 7)
    assert.equal(idleness.watermark(1e12), -Infinity)
    assert.equal(idleness.reaches(8), Infinity)
  })
  it('waits for ever before anything was heard', () => {
    const idleness = new Idleness(1000)
    assert.equal(idleness.watermark(1e12), -Infinity)
    idleness.heard(50_000, -Infinity)
    assert.equal(idleness.reaches(8), Infinity)
  })
})

describe('the smallest watermark of several sources', () => {
  const of = (...marks: [string, number][]): MinimumWatermark => {
    const minimum = new MinimumWatermark(1000)
    // all are known before the first is heard
    minimum.rewire(
      [],
      marks.map(([source]) => source),
      0
    )
    for (const [source, watermark] of marks) minimum.observe(source, watermark, 0)
    return minimum
  }
  const after = (minimum: MinimumWatermark, source: string, watermark: number, now = 0): number => {
    minimum.observe(source, watermark, now)
    return minimum.watermark
  }
  const afterSilence = (minimum: MinimumWatermark, now: number): number => {
    minimum.leaveOutIdle(now)
    return minimum.watermark
  }
  it('names the slowest source where there are several, one that was never heard before all others', () => {
    assert.equal(of().waitsFor(), undefined)
    assert.equal(of(['x', 5]).waitsFor(), undefined)
    assert.equal(of(['x', 5], ['y', 3], ['z', 4]).waitsFor(), 'y')
    assert.equal(of(['x', 3], ['y', 3]).waitsFor(), 'x', 'of equal ones the first')
    const two = of(['x', 5], ['y', 3])
    two.rewire([], ['x', 'z'], 0)
    assert.equal(two.waitsFor(), 'z')
    two.observe('z', 9, 1500)
    two.leaveOutIdle(1500)
    assert.equal(two.waitsFor(), 'z', 'x and y are silent')
  })
  it('tells when the next source will have been silent for too long', () => {
    assert.equal(of(['x', 5]).idleAt(), Infinity, 'one alone is never left out')
    const three = of(['x', 5], ['y', 3], ['z', 5])
    three.observe('x', 6, 400)
    three.observe('z', 6, 700)
    assert.equal(three.idleAt(), 1000)
    three.leaveOutIdle(1000)
    assert.equal(three.idleAt(), 1400)
    three.leaveOutIdle(1700)
    assert.equal(three.idleAt(), Infinity)
  })
  it('leaves out those that are silent, and takes them in again when they are heard, be it with nothing new', () => {
    const two = of(['x', 5], ['y', 3])
    two.observe('x', 9, 900)
    assert.deepEqual([afterSilence(two, 999), afterSilence(two, 1000)], [3, 9])
    assert.equal(after(two, 'y', 3, 1100), 9, 'it never goes back')
    assert.equal(after(two, 'x', 20, 1200), 9, 'y holds it at 3')
    assert.equal(after(two, 'y', 15, 1300), 15)
  })
  it('waits for a source that is expected', () => {
    const minimum = of()
    minimum.rewire([], ['x', 'y'], 0)
    assert.equal(after(minimum, 'x', 5), -Infinity)
    assert.equal(after(minimum, 'y', 3), 3)
  })
  it('is that of the only one left, however long that was silent', () => {
    const two = of(['x', 5], ['y', 3])
    two.leaveOutIdle(2000)
    two.rewire(['y'], [], 2000)
    assert.equal(afterSilence(two, 2000), 5)
  })
  it('counts its sources', () => {
    const two = of(['x', 5], ['y', 3])
    assert.equal(two.size, 2)
    two.rewire(['x'], [], 0)
    assert.deepEqual([two.size, two.watermark], [1, 3])
  })
  it('goes on from what was saved, each source as if it had just been heard', () => {
    const saved: unknown = JSON.parse(JSON.stringify(of(['x', 5], ['y', 3], ['z', -Infinity]).snapshot()))
    const minimum = of(['q', 100])
    minimum.restore(saved, 5000)
    assert.deepEqual([minimum.watermark, minimum.size, minimum.waitsFor(), minimum.idleAt()], [-Infinity, 3, 'z', 6000])
    minimum.observe('z', 4, 5000)
    assert.equal(minimum.watermark, 3)
  })
  it('can be raised for all at once', () => {
    const minimum = of(['x', 5], ['y', 3])
    minimum.raise(4)
    assert.equal(minimum.watermark, 4)
    minimum.raise(2)
    assert.deepEqual([minimum.watermark, after(minimum, 'y', 4), after(minimum, 'y', 9)], [4, 4, 5])
    const none = of()
    none.raise(7)
    assert.equal(none.watermark, 7)
  })
})
