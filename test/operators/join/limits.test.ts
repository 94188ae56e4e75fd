import assert from 'node:assert/strict'
import { createOperator } from '#engine/create-operator'
import { BoundError } from '#engine/errors'
import { type Driver, drive, makeJoin } from './driver'

const modes = ['interval', 'window', 'latest']

const refused = (work: () => unknown, bound: string): void =>
  assert.throws(work, error => error instanceof BoundError && error.message.startsWith(`${bound} allows `))

describe('a join at its bounds', () => {
  it('refuses one row more than nodeMessageBufferMaxLength, and loses nothing older', () => {
    for (const mode of modes) {
      const join = drive({ mode, joinType: 'left', lower: -5, upper: 5, size: 10 }, { maxHeld: 3 })
      join.left(1, 1).left(2, 2).right(1, 'v', 'b')
      refused(() => join.left(3, 3), 'nodeMessageBufferMaxLength')
      refused(() => join.right(2, 'v'), 'nodeMessageBufferMaxLength')
      assert.equal(join.operator.holdings().open, 3)
      assert.deepEqual(join.watermark(9).taken(), ['1+-', '2+-'])
      // there is room again
      join.left(12, 4).flush()
      assert.deepEqual(join.taken(), ['4+-'])
    }
  })
  it('counts only rows that have not left', () => {
    const join = drive({ mode: 'interval', joinType: 'inner', lower: -5, upper: 5 }, { maxHeld: 2 })
    join.left(0, 1, 'a').left(3, 2, 'b').watermark(6)
    join.left(7, 3, 'c')
    refused(() => join.left(7, 4, 'd'), 'nodeMessageBufferMaxLength')
    join.watermark(9).right(9, 'r', 'd')
    assert.equal(join.operator.holdings().open, 2)
  })
  it('finds room where rows have left, be it behind many keys that still hold theirs', () => {
    const join = drive({ mode: 'interval', joinType: 'inner', lower: 0, upper: 5 }, { maxHeld: 301 })
    for (let i = 0; i < 300; i++) join.left(10, i, `k${i}`)
    join.left(0, 'old', 'last').watermark(6)
    // 256 keys are looked through at a time
    refused(() => join.left(10, 1, 'new'), 'nodeMessageBufferMaxLength')
    assert.equal(join.left(10, 1, 'new').operator.holdings().open, 301)
  })
  it('counts the rows of a snapshot, and no more those that have left', () => {
    for (const mode of modes) {
      const config = { mode, joinType: 'left', lower: -5, upper: 5, size: 10 }
      const join = drive(config, { maxHeld: 3 }).left(1, 1).left(2, 2).right(1, 'v')
      join.restart(makeJoin(config, { maxHeld: 3 }))
      assert.equal(join.operator.holdings().open, 3, mode)
      refused(() => join.left(3, 3), 'nodeMessageBufferMaxLength')
      // the newest version stays
      assert.equal(join.watermark(20).operator.holdings().open, mode === 'latest' ? 1 : 0, mode)
    }
  })
  it('keeps what waits for the watermark, however long its key is silent', () => {
    const far = 10 * 60_000
    const interval = drive({ mode: 'interval', joinType: 'inner', lower: -5, upper: 5 })
    interval.right(0, 'v').left(far, 'far').left(0, 1)
    assert.deepEqual(interval.taken(), ['1+v'])
    interval.left(100, 2, 'b').right(far, 'far', 'b').right(100, 'w', 'b')
    assert.deepEqual(interval.taken(), ['2+w'])
    const latest = drive({ mode: 'latest', joinType: 'inner' }).left(1, 1).left(far, 'far').right(0, 'v')
    assert.deepEqual(latest.watermark(1).taken(), ['1+v'])
    const limited = drive({ mode: 'latest', joinType: 'inner' }, { keyTtl: 100 }).right(0, 'v').left(1, 1)
    assert.deepEqual(limited.left(200, 2).watermark(1).taken(), ['1+v'])
  })
  it('refuses one key more than maxKeys, but none for a key that holds nothing any more', () => {
    for (const mode of ['interval', 'window']) {
      const join = drive({ mode, joinType: 'left', lower: -5, upper: 5, size: 10 }, { maxKeys: 2 })
      join.left(1, 1, 'a').left(2, 2, 'b')
      refused(() => join.left(3, 3, 'c'), 'maxKeys')
      join.left(3, 4, 'a').watermark(20)
      assert.deepEqual(join.taken().sort(), ['1+-', '2+-', '4+-'])
      join.left(21, 5, 'c').left(21, 6, 'd')
      refused(() => join.left(21, 7, 'a'), 'maxKeys')
      assert.deepEqual(join.operator.holdings(), { keys: 2, open: 2 })
    }
    const latest = drive({ mode: 'latest' }, { maxKeys: 2 }).right(1, 1, 'a').right(1, 2, 'b').watermark(100)
    refused(() => latest.left(101, 3, 'c'), 'maxKeys')
  })
  it('forgets the versions of a key that was silent for keyTtl', () => {
    const join = drive({ mode: 'latest', joinType: 'left' }, { keyTtl: 100 })
    join.right(0, 'v').left(99, 1).watermark(99).left(198, 2).watermark(198)
    assert.deepEqual(join.taken(), ['1+v', '2+v'])
    join.left(298, 3)
    assert.equal(join.operator.holdings().open, 1)
    assert.deepEqual(join.watermark(298).taken(), ['3+-'])
    join.right(299, 'w').watermark(398)
    assert.equal(join.operator.holdings().open, 1)
    assert.equal(join.watermark(399).operator.holdings().open, 0)
  })
  it('drops versions that are older than ttl', () => {
    const join = drive({ mode: 'latest', ttl: 10 }).right(0, 'v').watermark(10)
    assert.equal(join.operator.holdings().open, 1)
    assert.equal(join.watermark(11).operator.holdings().open, 0)
    // a left row of a time at which there was one
    assert.deepEqual(join.left(5, 1).left(11, 2).taken(), ['!1', '2+-'])
    assert.deepEqual(join.right(0, 'too old').taken(), ['!too old'])
  })
  it('keeps a key of many versions down to those that may be taken', () => {
    const join = drive({ mode: 'latest' })
    for (let t = 0; t < 500; t++) join.right(t, t).watermark(t - 3)
    assert.equal(join.operator.holdings().open, 4)
  })
  it('forgets silent keys, so that ever new keys need no ever growing memory', () => {
    for (const mode of modes) {
      const join = drive({ mode, joinType: 'inner', size: '10s' }, { maxKeys: 10_000 })
      for (let t = 0; t < 5_000; t++) join.left(t * 100, t, t).watermark(t * 100)
      assert.ok(join.operator.holdings().keys < 1000)
    }
  })
})

describe('a reset', () => {
  const filled = (mode: string): Driver => {
    const join = drive({ mode, joinType: 'left', lower: -5, upper: 5, size: 10 })
    return join.left(1, 1, 'a').right(1, 'v', 'b').left(2, 2, 'b').watermark(1)
  }
  it('with a key forgets what is held for it alone', () => {
    for (const mode of modes) {
      const join = filled(mode)
      join.taken()
      join.operator.reset('b')
      assert.deepEqual(join.operator.holdings(), { keys: 1, open: mode === 'latest' ? 0 : 1 })
      join.left(3, 3, 'b').flush()
      assert.deepEqual(join.taken(), mode === 'latest' ? ['3+-'] : ['1+-', '3+-'])
    }
  })
  it('with a key that is not known changes nothing', () => {
    for (const mode of modes) {
      const join = filled(mode)
      const before = JSON.stringify(join.operator.snapshot())
      join.operator.reset('nobody')
      assert.equal(JSON.stringify(join.operator.snapshot()), before)
    }
  })
  it('forgets everything', () => {
    for (const mode of modes) {
      const join = filled(mode).watermark(1000).left(1001, 'waits')
      join.operator.reset()
      assert.equal(join.operator.due(), Infinity)
      assert.equal(JSON.stringify(join.operator.snapshot()), JSON.stringify(makeJoin({ mode }).snapshot()))
      join.taken()
      assert.deepEqual(join.left(2, 2, 'b').taken(), [])
      assert.deepEqual(join.flush().taken(), ['2+-'])
    }
  })
  it('may come from what takes a result', () => {
    for (const mode of modes) {
      const join = drive({ mode, joinType: 'left', lower: -5, upper: 5, size: 10 })
      let results = 0
      join.output.emit = () => {
        results++
        join.operator.reset()
      }
      join.right(1, 'v').left(1, 1).left(2, 2).left(2, 3, 'b').right(2, 'w').flush()
      join.flush()
      assert.ok(results > 0)
      assert.deepEqual(join.operator.holdings(), { keys: 0, open: 0 })
    }
  })
})

describe('a snapshot', () => {
  class Response {
    headers = { a: 1 }
  }
  it('leaves out what is no data, and keeps the rest', () => {
    for (const mode of modes) {
      const config = { mode, joinType: 'left', lower: -5, upper: 5, size: 10 }
      const join = drive(config)
      const message = {
        topic: 'l',
        k: 'a',
        payload: { v: [1, null, 'x'] },
        at: new Date(0),
        res: new Response(),
        f() {}
      }
      join.send({ ...message, req: { socket: new Map(), url: '/x' } }, 1)
      join.restart(makeJoin(config)).flush()
      const [{ message: result }] = join.out
      assert.deepEqual(result.payload, { left: { v: [1, null, 'x'] }, right: null })
      assert.deepEqual(result.req, { url: '/x' })
      assert.equal(result.at, '1970-01-01T00:00:00.000Z')
      assert.ok(!('res' in result) && !('f' in result))
    }
  })
  it('stays as it was when what it was taken from, or restored to, goes on', () => {
    for (const mode of modes) {
      const config = { mode, joinType: 'left', lower: -5, upper: 5, size: 10 }
      const join = drive(config).right(1, { v: 1 }).left(2, { v: 2 })
      const text = JSON.stringify(join.operator.snapshot())
      const snapshot: unknown = JSON.parse(text)
      const other = drive(config)
      other.operator.restore(snapshot)
      for (const { output, operator } of [join, other]) {
        output.emit = ({ payload }) => Object.assign((payload as { left: object }).left, { v: -1 })
        operator.flush(output)
      }
      assert.equal(JSON.stringify(snapshot), text)
    }
  })
})

describe('the settings of a join', () => {
  const wrong = (config: Record<string, unknown>, message: RegExp): void =>
    assert.throws(() => createOperator('join', { left: 'l', ...config }), { name: 'ConfigError', message })
  it('are refused by name where they make no sense together', () => {
    wrong({ mode: 'latest', joinType: 'right' }, /^joinType must be inner or left .*, got "right"$/)
    wrong({ mode: 'latest', joinType: 'full' }, /^joinType must be inner or left .*, got "full"$/)
    wrong({ mode: 'interval', lower: '5s', upper: '-5s' }, /^lower must not be above upper/)
    wrong({ mode: 'window', size: '' }, /^size must be more than 0/)
    wrong({ left: '' }, /^left must not be empty, got ""$/)
    wrong({ leftKey: 'a..b' }, /^leftKey must be a property path/)
    wrong({ side: 'a..b' }, /^side must be a property path/)
  })
  it('make a left join with the latest by default', () => {
    const operator = createOperator('join', { left: 'l', right: 'r' })
    const emitted: unknown[] = []
    const output = { emit: ({ payload }: { payload?: unknown }) => void emitted.push(payload), divert() {} }
    operator.process({ value: { topic: 'l', payload: 1 }, time: 1, key: null }, output)
    operator.process({ value: { topic: 'r', payload: 2 }, time: 2, key: null }, output)
    operator.process({ value: { topic: 'l', payload: 3 }, time: 3, key: null }, output)
    operator.flush(output)
    assert.deepEqual(emitted, [
      { left: 1, right: null },
      { left: 3, right: 2 }
    ])
  })
})
