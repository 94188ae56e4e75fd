import assert from 'node:assert/strict'
import { drive } from './driver'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

describe('two streams, one of which is slower', () => {
  it('match within the bounds of an interval join, however far the watermark waits behind the other', () => {
    const join = drive({ mode: 'interval', joinType: 'left', lower: '-1s', upper: '1s' })
    // the left side is a minute ahead; the watermark is that of the right one
    for (let t = 0; t <= 60; t++) join.left(t * second, t)
    assert.deepEqual(join.taken(), [])
    for (let t = 0; t <= 60; t += 2) join.right(t * second + 500, t).watermark(t * second + 500)
    const results = join.taken()
    assert.equal(results.length, 61)
    assert.deepEqual(results.slice(0, 4), ['0+0', '1+0', '2+2', '3+2'])
    assert.equal(join.operator.holdings().open, 2)
  })
  it('give each left record the version of its own time, not the newest there is', () => {
    const join = drive({ mode: 'latest', joinType: 'left' })
    for (let t = 0; t <= 60; t += 10) join.right(t * second, `v${t}`)
    for (let t = 5; t <= 25; t += 10) join.left(t * second, t).watermark(t * second)
    assert.deepEqual(join.taken(), ['5+v0', '15+v10', '25+v20'])
  })
})

describe('two streams, one of which is silent', () => {
  it('give every left record alone, once, as soon as nothing can come for it any more', () => {
    const join = drive({ mode: 'interval', joinType: 'left', lower: '-1s', upper: '1s' })
    join.left(0, 1).left(500, 2).watermark(1000)
    assert.deepEqual(join.taken(), [])
    assert.deepEqual(join.watermark(1001).taken(), ['1+-'])
    assert.deepEqual(join.watermark(hour).taken(), ['2+-'])
    assert.deepEqual(join.flush().taken(), [])
  })
  it('give nothing in an inner join, which holds no more than what lies within the bounds', () => {
    const join = drive({ mode: 'interval', joinType: 'inner', lower: '-5s', upper: '5s' })
    for (let t = 0; t < 600; t++) join.left(t * second, t).watermark(t * second)
    assert.deepEqual(join.taken(), [])
    assert.equal(join.operator.holdings().open, 6)
  })
  it('give the last version for as long as it lives', () => {
    const join = drive({ mode: 'latest', joinType: 'left', ttl: '1h' }).right(0, 'v')
    for (const t of [1, hour, hour + 1]) join.left(t, t).watermark(t)
    assert.deepEqual(join.taken(), ['1+v', `${hour}+v`, `${hour + 1}+-`])
  })
  it('give the rows of a window alone when it fires', () => {
    const join = drive({ mode: 'window', joinType: 'full', size: '10s' })
    join.left(1, 1).left(2, 2).watermark(9998)
    assert.deepEqual(join.taken(), [])
    assert.deepEqual(join.watermark(9999).taken(), ['1+-', '2+-'])
  })
})

describe('two streams, one of which replays an hour at once', () => {
  it('match all of it where the watermark has waited', () => {
    const join = drive({ mode: 'interval', joinType: 'full', lower: '-1s', upper: '1s' }, { maxHeld: 10_000 })
    for (let t = 0; t < 3600; t++) join.left(t * second, t)
    for (let t = 0; t < 3600; t++) join.right(t * second + 300, t).watermark(t * second + 300)
    join.flush()
    const results = join.taken()
    assert.equal(results.filter(result => !result.includes('-')).length, 3600 + 3599)
    assert.ok(!results.some(result => result.includes('-') || result.startsWith('!')))
  })
  it('join what is still held and give the rest on output 2, where the watermark has gone on', () => {
    const join = drive({ mode: 'interval', joinType: 'left', lower: '-5s', upper: '5s' }, { maxHeld: 10_000 })
    for (let t = 0; t < 3600; t++) join.left(t * second, t).watermark(t * second)
    const before = join.taken()
    assert.equal(before.length, 3594)
    // rows from 3599 - 5 on are held on either side
    for (let t = 0; t < 3600; t++) join.right(t * second, t)
    const after = join.taken()
    assert.deepEqual(after.filter(result => result.startsWith('!')).length, 3594)
    assert.deepEqual(after.filter(result => !result.startsWith('!')).slice(0, 6), [
      '3594+3594',
      '3595+3594',
      '3596+3594',
      '3597+3594',
      '3598+3594',
      '3599+3594'
    ])
    assert.deepEqual(join.flush().taken(), [])
  })
  it('make late what has no version any more, with the latest', () => {
    const join = drive({ mode: 'latest', joinType: 'left' })
    for (let t = 0; t < 3600; t += 600) join.right(t * second, t).watermark(t * second)
    assert.equal(join.operator.holdings().open, 1)
    join
      .left(1200 * second, 'old')
      .left(3000 * second, 'now')
      .left(-1, 'before all')
    assert.deepEqual(join.taken(), ['!old', 'now+3000', 'before all+-'])
    // a version that nobody can take any more is late too
    assert.deepEqual(join.right(1800 * second, 'old version').taken(), ['!old version'])
  })
  it('make late, with the latest, only what would have taken a version that is gone', () => {
    const config = { mode: 'latest', joinType: 'left', ttl: 10 }
    const join = drive(config).right(5, 'a').right(8, 'b').watermark(8).right(9, 'c').watermark(9)
    join.restart(drive(config).operator)
    join.left(4, 'before all').left(5, 'had a').left(8, 'had b').left(9, 'has c')
    assert.deepEqual(join.taken(), ['before all+-', '!had a', '!had b', 'has c+c'])
    // nothing is left from 20 on; what was there last could be taken up to 19
    join.watermark(20).left(19, 'had c').left(20, 'had none any more')
    assert.deepEqual(join.taken(), ['!had c', 'had none any more+-'])
    join.right(20, 'd').right(20, 'e').left(21, 1).watermark(21)
    assert.deepEqual(join.taken(), ['1+e'], 'of one time the later arrival, behind the watermark or not')
  })
  it('find its windows fired', () => {
    const join = drive({ mode: 'window', joinType: 'full', size: '10s' }).watermark(hour)
    join
      .left(0, 1)
      .left(hour - 1, 2)
      .left(hour, 3)
      .flush()
    assert.deepEqual(join.taken(), ['!1', '!2', '3+-'])
  })
})

describe('two streams whose clocks are an hour apart, under one watermark', () => {
  it('do not meet, as the one that is behind is late', () => {
    const join = drive({ mode: 'interval', joinType: 'left', lower: '-5s', upper: '5s' })
    for (let t = 0; t < 60; t++) {
      join
        .left(hour + t * second, t)
        .watermark(hour + t * second)
        .right(t * second, t)
    }
    const results = join.flush().taken()
    assert.equal(results.filter(result => result.startsWith('!')).length, 60)
    assert.equal(results.filter(result => result.endsWith('+-')).length, 60)
  })
  it('meet where the bounds say how far they are apart, and the watermark leaves as much time', () => {
    const join = drive({ mode: 'interval', joinType: 'left', lower: '-3605s', upper: '-3595s' })
    for (let t = 0; t < 60; t++) {
      join
        .left(hour + t * second, t)
        .right(t * second, t)
        .watermark(t * second)
    }
    const results = join.flush().taken()
    assert.equal(results.length, 60 + 2 * (59 + 58 + 57 + 56 + 55))
    assert.ok(results.every(result => /^\d+\+\d+$/.test(result)))
  })
  it('give the left rows the newest version there is, where it is the left one that is ahead', () => {
    const join = drive({ mode: 'latest', joinType: 'left' })
    for (let t = 0; t < 3; t++) join.right(t * second, `v${t}`).left(hour + t * second, t)
    assert.deepEqual(join.watermark(2 * hour).taken(), ['0+v2', '1+v2', '2+v2'])
  })
})

describe('the results of one watermark step', () => {
  it('come by the time at which they are due, then by key in first-seen order', () => {
    const keys = ['z', 'b', 'a']
    for (const mode of ['interval', 'window', 'latest']) {
      const join = drive({ mode, joinType: 'left', lower: 0, upper: 0, size: 10 })
      for (const key of keys) join.left(25, `${key}25`, key)
      for (const key of [...keys].reverse()) join.left(15, `${key}15`, key)
      assert.deepEqual(join.watermark(100).taken(), ['z15+-', 'b15+-', 'a15+-', 'z25+-', 'b25+-', 'a25+-'], mode)
    }
  })
  it('are the same for many small steps and one large one', () => {
    for (const mode of ['interval', 'window', 'latest']) {
      const run = (watermarks: number[]): string[] => {
        const join = drive({ mode, joinType: 'left', lower: -5, upper: 5, size: 10 })
        for (let i = 0; i < 60; i++) join.left((i * 37) % 101, i, `k${i % 7}`)
        for (let i = 0; i < 20; i++) join.right((i * 61) % 101, i, `k${i % 5}`)
        join.taken()
        for (const watermark of watermarks) join.watermark(watermark)
        return join.taken()
      }
      assert.deepEqual(run(Array.from({ length: 200 }, (_, i) => i)), run([199]))
    }
  })
  it('tell when the next one is due', () => {
    assert.equal(drive({ mode: 'interval', joinType: 'left', upper: 5 }).left(10, 1).operator.due(), 16)
    assert.equal(drive({ mode: 'interval', joinType: 'inner' }).left(10, 1).operator.due(), Infinity)
    for (const mode of ['interval', 'window', 'latest'])
      assert.equal(drive({ mode, size: 10 }).operator.due(), Infinity)
    assert.equal(drive({ mode: 'window', size: 10 }).left(10, 1).operator.due(), 19)
    assert.equal(drive({ mode: 'latest' }).left(10, 1).operator.due(), 10)
  })
})

describe('the windows of a join', () => {
  it('follow the wall clock of the zone: a day may have 23 hours', () => {
    const join = drive({ mode: 'window', joinType: 'inner', size: '1d' }, {}, 'Europe/Berlin')
    const at = (text: string): number => Date.parse(text)
    join.left(at('2026-03-29T00:30+01:00'), 'first').right(at('2026-03-29T23:30+02:00'), 'last')
    join.right(at('2026-03-30T00:00+02:00'), 'next day').flush()
    assert.deepEqual(join.taken(), ['first+last'])
  })
})
