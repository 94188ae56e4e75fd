import assert from 'node:assert/strict'
import fc from 'fast-check'
import { JsonWriter } from '#engine/cli/json/writer'

function written(values: readonly unknown[]): string {
  const chunks: Buffer[] = []
  const writer = new JsonWriter({ write: bytes => void chunks.push(Buffer.from(bytes)), close() {} })
  for (const value of values) writer.write(value)
  writer.close()
  return Buffer.concat(chunks).toString()
}

function check(values: readonly unknown[]): void {
  const lines = values.map(value => `${(JSON.stringify(value) as string | undefined) ?? 'null'}\n`)
  assert.equal(written(values), lines.join(''))
}

class Reading {
  constructor(readonly value: number) {}
}

const leaves = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.integer({ min: -1e9, max: 1e9 }).map(n => n / 1000),
  fc.maxSafeInteger(),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.constantFrom<unknown>(
    null,
    undefined,
    NaN,
    Infinity,
    -Infinity,
    -0,
    0.001,
    1e15,
    1e21,
    1e-7,
    '\u2028',
    '\ud800',
    '"\\'
  ),
  fc.date({ noInvalidDate: true }),
  fc.constantFrom<unknown>(() => 1, Symbol('s'), new Reading(1), new Map([[1, 2]]), Object(1), Object('x'), /x/),
  fc.constantFrom<unknown>({ toJSON: (key: string) => `key ${key}` }, { toJSON: () => undefined }, Object.create(null))
)
const values = fc.letrec(tie => ({
  any: fc.oneof({ maxDepth: 4 }, leaves, tie('object'), fc.array(tie('any'), { maxLength: 3 })),
  object: fc.dictionary(fc.string(), tie('any'), { maxKeys: 6 })
}))

describe('JSON writer', () => {
  it('writes what JSON.stringify gives, whatever the value', () => {
    fc.assert(fc.property(fc.array(values.any), check), { numRuns: 2000 })
  })
  it('writes rows of one shape as JSON.stringify does', () => {
    const row = fc.record({ ts: leaves, device: leaves, temp: leaves, more: fc.record({ a: leaves, b: leaves }) })
    fc.assert(fc.property(fc.array(row), check), { numRuns: 1000 })
  })
  it('writes every number as JSON.stringify does', () => {
    const edges = [
      0,
      1,
      9,
      10,
      99,
      999_999_999,
      1e9,
      1e9 + 1,
      999_999_999_999_999,
      1e15,
      1e15 + 1,
      2 ** 53,
      123.45,
      0.5,
      0.05
    ]
    const numbers = edges.flatMap(n => [n, -n, n / 1000, n + 0.001, n + 0.1, n + 1e-9])
    check(numbers)
    check(numbers.map(n => ({ n })))
  })
  it('writes keys of any kind', () =>
    check([{ '': 1, '"': 2, é: 3, 1: 4, ['__proto__']: 5 }, {}, { a: undefined }, { a: {} }]))
  it('writes lines longer than a chunk', () =>
    check([{ text: 'x'.repeat(300_000), umlauts: 'ü'.repeat(300_000) }, 'y'.repeat(200_000)]))
  it('writes nothing of a value that JSON does not have', () => {
    const circle: Record<string, unknown> = { a: 1 }
    circle.circle = circle
    const chunks: Buffer[] = []
    const writer = new JsonWriter({ write: bytes => void chunks.push(Buffer.from(bytes)), close() {} })
    writer.write(1)
    assert.throws(() => writer.write({ a: 1, big: 1n }), TypeError)
    assert.throws(() => writer.write(circle), TypeError)
    writer.write(2)
    writer.close()
    assert.equal(Buffer.concat(chunks).toString(), '1\n2\n')
  })
})
