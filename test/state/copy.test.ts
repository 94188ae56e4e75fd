import assert from 'node:assert/strict'
import { runInNewContext } from 'node:vm'
import { copy } from '#engine/state/copy'
import { toPlain } from '#engine/state/plain'

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

const depthOf = (value: unknown): number => {
  let depth = 0
  for (let at = value; Array.isArray(at); at = at[0] as unknown) depth++
  return depth
}

/** Has a field that cannot be read. */
const hostile = (): object =>
  Object.defineProperty({ n: 1 }, 'bad', {
    enumerable: true,
    get: () => {
      throw new Error('a getter that throws')
    }
  })

describe('a copy of data', () => {
  it('shares nothing that could be changed, dates and buffers neither', () => {
    const data = { list: [{ x: 1 }], at: new Date(5), bytes: Buffer.from('abc') }
    const copied = copy(data)
    data.list[0].x = 2
    data.at.setTime(6)
    data.bytes[0] = 0
    assert.deepEqual(copied, { list: [{ x: 1 }], at: new Date(5), bytes: Buffer.from('abc') })
  })
  it('takes the objects of a function node for data', () => {
    const data = runInNewContext('({ deep: { x: 1 } })') as { deep: { x: number } }
    const copied = copy(data)
    data.deep.x = 2
    assert.equal(copied.deep.x, 1)
  })
  it('is there of whatever a message brings: nested without end, in a circle, with a getter that throws', () => {
    const circle: Record<string, unknown> = { x: 1 }
    circle.self = circle
    const throwing = hostile()
    const copied = copy({ nested: nested(100_000), circle, throwing, good: { x: 1 } })
    assert.equal(depthOf(copied.nested), 100_000)
    assert.equal((copied.circle as { x: number }).x, 1)
    assert.equal(copied.throwing, throwing)
    assert.deepEqual(copied.good, { x: 1 })
  })
})

describe('plain data for a snapshot', () => {
  it('is there of whatever a message brings; only what cannot be saved is left out', () => {
    const circle: Record<string, unknown> = { x: 1 }
    circle.self = circle
    const unsayable = Object.create({
      toJSON: () => {
        throw new Error('no')
      }
    }) as object
    const odd = { circle, hostile: hostile(), unsayable, big: 5n, send: () => 1, at: new Date(5), good: { x: 1 } }
    assert.deepEqual(JSON.parse(JSON.stringify(toPlain(odd))), {
      circle: { x: 1 },
      at: '1970-01-01T00:00:00.005Z',
      good: { x: 1 }
    })
  })
  it('ends where data is nested so deeply that it could not be written', () => {
    const written = JSON.stringify(toPlain({ nested: nested(100_000), x: 1 }))
    assert.equal((JSON.parse(written) as { x: number }).x, 1)
    assert.ok(depthOf((JSON.parse(written) as { nested: unknown }).nested) >= 900)
  })
})
