import assert from 'node:assert/strict'
import { Scale } from '#engine/detectors/auto/scale'
import { Tail } from '#engine/detectors/auto/tail'
import { normal, random } from '../streams'

const scale = new Scale(-10, 30, 3)

describe('a scale of octaves', () => {
  it('puts each size between the edges of its bin', () => {
    const next = random(1)
    for (let i = 0; i < 10_000; i++) {
      const size = 2 ** (-9 + 38 * next())
      const bin = scale.binOf(size)
      assert.ok(scale.edges[bin] <= size && size < scale.edges[bin + 1], `${size} in bin ${bin}`)
    }
  })

  it('has outermost bins for what lies outside', () => {
    assert.deepEqual(
      [0, -1, 1e-300, NaN].map(size => scale.binOf(size)),
      [0, 0, 0, 0]
    )
    assert.deepEqual(
      [1e300, Infinity].map(size => scale.binOf(size)),
      [scale.bins - 1, scale.bins - 1]
    )
  })
})

describe('the tail of a distribution', () => {
  const next = normal(2)
  const sizes = Array.from({ length: 20_000 }, () => Math.abs(next()))
  const tail = new Tail(scale)
  for (const size of sizes) tail.add(size)

  it('tells the share of sizes that were at least as large', () => {
    for (const size of [0.1, 0.5, 1, 2, 2.5]) {
      const share = sizes.filter(other => other >= size).length / sizes.length
      assert.ok(Math.abs(Math.exp(-tail.surprise(size)) / share - 1) < 0.1, `${size}`)
    }
  })

  it('goes on beyond the largest one, ever rarer', () => {
    let last = tail.surprise(3)
    for (let size = 3.5; size < 20; size += 0.5) {
      const surprise = tail.surprise(size)
      assert.ok(surprise > last, `${size}`)
      last = surprise
    }
    // the normal distribution has 6.3e-5 beyond 4
    const beyond4 = Math.exp(-tail.surprise(4))
    assert.ok(beyond4 > 2e-5 && beyond4 < 4e-4, `${beyond4}`)
  })

  it('finds the size of a surprise', () => {
    for (const surprise of [1, 3, 5, 8, 12]) {
      const size = tail.sizeAt(surprise)
      assert.ok(Math.abs(tail.surprise(size) - surprise) < 0.5, `${surprise}: ${tail.surprise(size)}`)
    }
  })

  it('says nothing of what it hardly knows', () => {
    assert.equal(new Tail(scale).surprise(1e6), 0)
  })
})
