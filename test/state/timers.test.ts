import assert from 'node:assert/strict'
import fc from 'fast-check'
import { Timers } from '#engine/state/timers'

/** All that is taken by `until`, as [slot, time]. */
function taken(timers: Timers, until: number): [number, number][] {
  const all: [number, number][] = []
  for (let slot; (slot = timers.take(until)) !== undefined;) all.push([slot, timers.now])
  return all
}

const timersOf = (order: number[]): Timers =>
  new Timers(
    order,
    order.map(() => Infinity)
  )

describe('timers', () => {
  it('give what is due, the earliest first, ties in the order of the keys', () => {
    const times = fc.array(fc.record({ slot: fc.nat(40), time: fc.nat(20) }), { maxLength: 200 })
    const orders = fc.uniqueArray(fc.nat(1e12), { minLength: 41, maxLength: 41 })
    fc.assert(
      fc.property(orders, times, fc.nat(20), (order, added, until) => {
        const timers = timersOf(order)
        const first = new Map<number, number>()
        for (const { slot, time } of added) {
          timers.add(slot, time)
          first.set(slot, Math.min(time, first.get(slot) ?? Infinity))
        }
        const inOrder = [...first].sort(([a, at], [b, bt]) => at - bt || order[a] - order[b])
        assert.equal(timers.next(), inOrder[0]?.[1] ?? Infinity)
        assert.deepEqual(
          taken(timers, until),
          inOrder.filter(([, time]) => time <= until)
        )
        assert.deepEqual(
          taken(timers, Infinity),
          inOrder.filter(([, time]) => time > until)
        )
      })
    )
  })
  it('have one time for a key, which it may have again when it was taken', () => {
    const timers = timersOf([0, 1])
    timers.add(0, 5)
    timers.add(0, 3)
    assert.equal(timers.take(9), 0)
    timers.add(0, 4)
    assert.deepEqual(taken(timers, 9), [[0, 4]])
  })
  it('forget everything', () => {
    const timers = timersOf([0, 1])
    timers.add(0, 3)
    timers.add(1, 3)
    assert.equal(timers.take(9), 0)
    timers.clear()
    assert.equal(timers.next(), Infinity)
    timers.add(1, 7)
    assert.deepEqual(taken(timers, 9), [[1, 7]])
  })
})
