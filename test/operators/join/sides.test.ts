import assert from 'node:assert/strict'
import { createOperator } from '#engine/create-operator'
import { placeReader, sideMatcher } from '#engine/operators/join/sides'
import type { Message } from '#engine/record'
import { Driver, drive } from './driver'

describe('the sides of a join', () => {
  it('are told by a topic, in which + stands for one level and # for the rest', () => {
    const matched = (pattern: string, topics: string[]): unknown[] => topics.map(sideMatcher(pattern))
    assert.deepEqual(matched('plant/+/temp', ['plant/a/temp', 'plant/a/b/temp', 'plant/a/hum', 'plant']), [
      'a',
      undefined,
      undefined,
      undefined
    ])
    assert.deepEqual(matched('+/+', ['a/b', 'a', '/', 'a/b/c']), ['a/b', undefined, '/', undefined])
    assert.deepEqual(matched('plant/#', ['plant', 'plant/a/b', 'plants']), ['', '', undefined])
    assert.deepEqual(matched('+/x/#', ['a/x/1', 'a/x', 'a/y']), ['a', 'a', undefined])
    assert.deepEqual(matched('temp', ['temp', 'temp/', '']), ['', undefined, undefined])
    assert.deepEqual(matched('#', ['a', 'a/b', '']), ['', '', ''])
    assert.deepEqual(matched('+', ['a', 'a/b', '']), ['a', undefined, ''])
    assert.deepEqual(matched('+/+/#', ['a/b/c', 'a/b', 'a']), ['a/b', 'a/b', undefined])
  })
  it('have by default what the + matched as key', () => {
    const join = drive({
      mode: 'interval',
      joinType: 'inner',
      left: '+/temp',
      right: '+/hum',
      leftKey: '',
      rightKey: ''
    })
    join.send({ topic: 'a/temp', payload: 20 }, 0).send({ topic: 'b/hum', payload: 60 }, 0)
    assert.deepEqual(join.out, [])
    join.send({ topic: 'a/hum', payload: 50 }, 0)
    assert.deepEqual(
      join.out.map(({ message, key }) => [message, key]),
      [[{ topic: 'a', payload: { left: 20, right: 50 } }, 'a']]
    )
  })
  it('have one key for all where nothing gives one', () => {
    const join = drive({ mode: 'interval', joinType: 'inner', leftKey: '', rightKey: '' })
    join.left(0, 1).right(0, 2)
    assert.deepEqual(join.taken(), ['1+2'])
  })
  it('take everything else as right where right is empty', () => {
    const join = drive({ mode: 'interval', joinType: 'inner', right: '' })
    join.left(0, 1).send({ topic: 'whatever', payload: 2, k: 'a' }, 0).send({ payload: 3, k: 'a' }, 0)
    assert.deepEqual(join.taken(), ['1+2', '1+3'])
  })
  it('send to output 2 what belongs to neither', () => {
    for (const mode of ['interval', 'window', 'latest']) {
      const join = drive({ mode }).send({ topic: 'other', payload: 1, k: 'a' }, 0)
      assert.deepEqual(join.taken(), ['!1'])
    }
  })
  it('may be told by any property', () => {
    const join = drive({ mode: 'interval', joinType: 'inner', left: 'order', right: '7', side: 'payload.kind' })
    join.send({ payload: { kind: 'order' }, k: 1 }, 0).send({ payload: { kind: 7 }, k: '1' }, 0)
    assert.equal(join.out.length, 1)
  })
  it('may be told, and keyed, by expressions', async () => {
    const side = { side: '$uppercase(kind)', sideType: 'jsonata', left: 'ORDER', right: 'BILL' }
    const keys = { leftKey: '$substring(no, 1)', leftKeyType: 'jsonata', rightKey: 'no', rightKeyType: 'jsonata' }
    const operator = createOperator('join', { mode: 'interval', joinType: 'inner', ...side, ...keys })
    const join = new Driver(operator)
    for (const value of [
      { kind: 'order', no: 'A12', payload: 1 },
      { kind: 'bill', no: 12, payload: 2 }
    ]) {
      await operator.prepare({ value, time: 0, key: null })
      join.send(value, 0)
    }
    assert.deepEqual(join.taken(), ['1+2'])
  })
  it('make a bad record of a side that is no text, and say so', () => {
    const place = placeReader({ side: ({ kind }: Message) => kind, property: 'kind', left: 'a', right: '' })
    assert.throws(() => place({ kind: { a: 1 } }), { name: 'RecordError', message: 'kind must be text, got {"a":1}' })
    assert.deepEqual(place({ kind: 7 }), { side: 'right', key: '' })
    assert.deepEqual(place({ kind: null }), { side: 'right', key: '' })
    const any = placeReader({ side: ({ kind }: Message) => kind, property: 'kind', left: '+', right: '' })
    assert.deepEqual(any({}), { side: 'left', key: '' })
  })
})

describe('the keys of a join', () => {
  const joined = (left: unknown, right: unknown): boolean =>
    drive({ mode: 'interval', joinType: 'inner' }).left(0, 1, left).right(0, 2, right).taken().includes('1+2')
  it('compare as text', () => {
    assert.ok(joined(7, '7') && joined(true, 'true') && joined('', '') && joined({ a: 1 }, '{"a":1}'))
    assert.ok(!joined('a', 'b') && !joined('', undefined))
  })
  it('are data, whatever they look like', () => {
    for (const key of ['__proto__', 'constructor', 'a.b', '[0]', 'x'.repeat(1_000_000)]) assert.ok(joined(key, key))
  })
  it('match nothing where they are missing or null', () => {
    assert.ok(!joined(null, null))
    const join = drive({ mode: 'interval', joinType: 'inner' })
    join.send({ topic: 'l', payload: 1 }, 0).send({ topic: 'r', payload: 2 }, 0)
    assert.deepEqual(join.taken(), ['!1', '!2'])
  })
})
