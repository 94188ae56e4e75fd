import assert from 'node:assert/strict'
import fc from 'fast-check'
import { TwoStacks } from '#engine/windows/two-stacks'

const text = {
  create: () => ({ seen: [] as number[] }),
  add: (a: { seen: number[] }, x: number) => void a.seen.push(x),
  merge: (a: { seen: number[] }, b: { seen: number[] }) => void a.seen.push(...b.seen)
}

describe('two stacks', () => {
  it('know exactly what is in the queue after any pushes and evictions', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), steps => {
        const stacks = new TwoStacks<number, { seen: number[] }>(text)
        const queue: number[] = []
        steps.forEach((isPush, i) => {
          if (isPush) {
            stacks.push(i)
            queue.push(i)
          } else if (queue.length > 0) {
            stacks.evict()
            queue.shift()
          }
          assert.deepEqual(
            stacks.aggregate().seen.sort((a, b) => a - b),
            queue
          )
          assert.deepEqual(stacks.toArray(), queue)
        })
      })
    )
  })
})
