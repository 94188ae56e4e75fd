import assert from 'node:assert/strict'
import { SlidingRecords } from '#engine/windows/sliding-records'
import { aggregationOf } from '../aggregates/windows'

const of = aggregationOf(['count', 'sum', 'min', 'max', 'first', 'last', 'median'].map(fn => ({ fn, as: fn })))

/** The aggregates of values that are whole numbers, by their definitions. */
function defined(values: readonly number[]): Record<string, number> {
  const sorted = values.toSorted((a, b) => a - b)
  const half = values.length / 2
  return {
    count: values.length,
    sum: values.reduce((sum, value) => sum + value),
    min: sorted[0],
    max: sorted[values.length - 1],
    first: values[0],
    last: values[values.length - 1],
    median: (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2
  }
}

/** Whole numbers that neither rise nor fall for long. */
function* draws(): Generator<number, never> {
  for (let random = 1; ; random = (random * 48_271) % 2_147_483_647) yield random % 10_007
}

/** A window beside the plain list of what is in it. */
class Twins {
  readonly values: number[] = []
  window = new SlidingRecords(of)
  private time = 0
  private readonly random = draws()

  push(count: number): void {
    for (let i = 0; i < count; i++) {
      const { value } = this.random.next()
      this.values.push(value)
      of.columns.read({ payload: value })
      this.window.push(this.time, this.time++)
    }
  }

  evict(count: number): void {
    for (let i = 0; i < count; i++) this.window.evict()
    this.values.splice(0, count)
  }

  check(): void {
    const { window, values } = this
    const result = of.result(window.total(), window.oldest, window.newest, window.carried)
    assert.deepEqual(result, defined(values))
  }

  /** Goes on from its snapshot, as after a restart. */
  restart(): void {
    const saved = JSON.parse(JSON.stringify(this.window.snapshot())) as ReturnType<SlidingRecords['snapshot']>
    this.window = new SlidingRecords(of)
    this.window.restore(saved)
  }
}

describe('a queue that is longer than what is aggregated item by item', () => {
  for (const length of [1, 2, 63, 64, 65, 127, 128, 129, 300]) {
    it(`of ${length} that slides by one is what its records are`, () => {
      const twins = new Twins()
      twins.push(length)
      twins.check()
      for (let i = 0; i < 3 * length + 10; i++) {
        twins.push(1)
        twins.evict(1)
        twins.check()
      }
    })
  }

  it('leaves many at once, between blocks and within one', () => {
    for (const step of [3, 63, 64, 65, 150]) {
      const twins = new Twins()
      twins.push(400)
      for (let i = 0; i < 12; i++) {
        twins.evict(step)
        twins.check()
        twins.push(step)
        twins.check()
      }
    }
  })

  it('grows and shrinks', () => {
    const twins = new Twins()
    for (const [more, less] of [
      [10, 3],
      [200, 5],
      [1, 190],
      [500, 100],
      [0, 400],
      [700, 1]
    ]) {
      twins.push(more)
      twins.evict(less)
      twins.check()
    }
  })

  it('goes on after a restart in the middle of a block', () => {
    const twins = new Twins()
    twins.push(300)
    for (const left of [1, 40, 64, 90]) {
      twins.evict(left)
      twins.push(7)
      twins.restart()
      twins.check()
    }
  })
})
