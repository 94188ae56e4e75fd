import assert from 'node:assert/strict'
import fc from 'fast-check'
import { putShortest } from '#engine/cli/json/shortest-decimal'

const bytes = Buffer.alloc(64)

/** The digits, where it dares to give them. */
function shortest(number: number): string | undefined {
  const end = putShortest(bytes, 3, number)
  return end < 0 ? undefined : bytes.toString('latin1', 3, end)
}

const check = (number: number): void =>
  void assert.ok([undefined, String(number)].includes(shortest(number)), String(number))

describe('shortest decimal', () => {
  it('is what JavaScript writes, for any double', () => {
    fc.assert(fc.property(fc.double(), check), { numRuns: 5000 })
    fc.assert(fc.property(fc.double({ min: 1e-5, max: 1e15 }), check), { numRuns: 20_000 })
  })
  it('is what JavaScript writes, for decimals and their neighbours', () => {
    const decimal = fc.tuple(fc.maxSafeNat(), fc.integer({ min: -20, max: 5 }), fc.integer({ min: -3, max: 3 }))
    const near = decimal.map(([digits, exponent, steps]) => {
      const number = Number(`${digits}e${exponent}`)
      return number + steps * number * Number.EPSILON
    })
    fc.assert(fc.property(near, check), { numRuns: 20_000 })
  })
  it('is what JavaScript writes, for and around all powers of two and of ten', () => {
    for (let i = -20; i <= 50; i++) for (let j = -40; j <= 40; j++) check(2 ** i * (1 + j * Number.EPSILON))
    for (let i = -6; i <= 16; i++) for (let j = -40; j <= 40; j++) check(10 ** i * (1 + j * Number.EPSILON))
  })
  it('leaves to JavaScript what has an exponent, is not positive or not finite', () => {
    for (const number of [0, -0, -1.5, 1e-7, 1.5e21, NaN, Infinity, -Infinity])
      assert.equal(shortest(number), undefined)
  })
  it('is rarely in doubt', () => {
    const numbers = Array.from({ length: 10_000 }, (_, i) => Math.sqrt(i + 2) * 100).filter(n => !Number.isInteger(n))
    assert.ok(numbers.filter(number => shortest(number) === undefined).length < 0.03 * numbers.length)
    assert.equal(shortest(21.5), '21.5')
    assert.equal(shortest(0.1 + 0.2), '0.30000000000000004')
  })
})
