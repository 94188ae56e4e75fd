import assert from 'node:assert/strict'
import jsonata from 'jsonata'
import { ExpressionCompiler } from '#engine/expression/compiler'
import { withMsg } from '#engine/expression/msg'

const compiler = (): ExpressionCompiler => new ExpressionCompiler(text => withMsg(jsonata(text), text))
const evaluate = (text: string, type: string, value: object): unknown =>
  compiler().expression(text, type, 'expression')({ value: value as never, time: 7, key: 'k' })

describe('an expression of a node', () => {
  it('is compiled and does not have to be waited for', () => {
    const used = compiler()
    used.expression('payload.temp * 2', 'jsonata', 'expression')
    used.getter('$uppercase(topic)', 'jsonata', 'key')
    assert.equal(used.isAsync, false)
    used.expression('$eval("1")', 'jsonata', 'expression')
    assert.equal(used.isAsync, true)
  })

  it('is waited for where its recursion may go deeper than the stack', async () => {
    const used = compiler()
    const sum = '($f := function($n) { $n = 0 ? 0 : $n + $f($n - 1) }; $f(msg.payload))'
    const read = used.getter(sum, 'jsonata', 'value')
    assert.equal(used.isAsync, true)
    for (const payload of [3000, 3]) {
      await used.prepare({ payload })
      assert.equal(read({ payload }), (payload * (payload + 1)) / 2)
    }
  })

  it('finds the message as msg where it says so', () => {
    assert.equal(evaluate('msg.payload + 1', 'jsonata', { payload: 2 }), 3)
    assert.equal(evaluate('payload + 1', 'jsonata', { payload: 2 }), 3)
  })

  it('says where it is no JSONata and what was expected', () => {
    assert.throws(() => evaluate('$sum(payload', 'jsonata', {}), {
      name: 'ConfigError',
      message:
        'expression must be a JSONata expression: Expected ")" before end of expression at character 12 (S0203), ' +
        'got "$sum(payload"'
    })
    assert.throws(() => evaluate(' ', 'jsonata', {}), /expression must not be empty/)
  })

  it('is refused where JSONata would lose a pattern of it, and go on for ever', () => {
    for (const text of ['$match(payload, /a/) ?: "none"', '$contains(payload, /a/) ?? false'])
      assert.throws(() => evaluate(text, 'jsonata', {}), /expression must be .*left of \?: or \?\? is lost/, text)
    assert.equal(evaluate('payload ?: /a/ ? 1 : 2', 'jsonata', { payload: 1 }), 1)
  })

  it('is a bad record where it fails', () => {
    assert.throws(() => evaluate('payload + 1', 'jsonata', { payload: 'x' }), {
      name: 'RecordError',
      message: 'expression failed: left of + must be a number at character 9 (T2001), got "x"'
    })
    assert.throws(() => evaluate('payload.v + 1', 'jsonata', { payload: { v: 'x' } }), {
      message: /^expression failed: left of \+ must be a number, got "x" at .*; payload, got {"v":"x"}$/
    })
    assert.throws(() => evaluate('$uppercase(payload.v)', 'jsonata', { payload: { v: 5 } }), {
      message: /^expression failed: argument 1 of \$uppercase has the wrong type, got 5 at /
    })
  })

  it('is one JavaScript expression over msg, payload, topic, time and key', () => {
    const scope = [{ payload: 1, topic: 't' }, 1, 't', 7, 'k']
    assert.deepEqual(evaluate('[msg, payload, topic, time, key]', 'js', { payload: 1, topic: 't' }), scope)
    assert.deepEqual(evaluate('({ a: payload }) // why', 'js', { payload: 1 }), { a: 1 })
    assert.equal(evaluate('payload > 1 ? "high" : "low"', 'js', { payload: 2 }), 'high')
    for (const text of [
      '1); process.exit(',
      '1)}; process.exit(); {(',
      'let x = 1',
      'return 1',
      '1; 2',
      'if (1) 2',
      '1]; [2',
      ')',
      '/*'
    ])
      assert.throws(
        () => evaluate(text, 'js', {}),
        { name: 'ConfigError', message: /must be a JavaScript expression/ },
        text
      )
  })

  it('is a bad record where JavaScript throws', () => {
    assert.throws(() => evaluate('payload.a.b', 'js', { payload: {} }), /^expression failed: Cannot read/)
    assert.throws(() => evaluate('(() => { throw "no" })()', 'js', { payload: 3 }), {
      message: 'expression failed: no; payload, got 3'
    })
  })
})
