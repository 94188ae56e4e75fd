import assert from 'node:assert/strict'
import { propertyGetter, propertySetter } from '#engine/expression/property'
import type { Message } from '#engine/record'

const message = {
  topic: 'a',
  payload: { x: 1, list: [{ y: 2 }], 'b c': 3, none: null, 'd.e': 4 },
  seven: { 7: 'seven' }
}
const read = (path: string, from: object = message): unknown => propertyGetter(path, 'value')(from as Message)

describe('a property path', () => {
  it('reads as Node-RED reads it', () => {
    assert.equal(read('topic'), 'a')
    assert.equal(read('payload.x'), 1)
    assert.equal(read('payload.list[0].y'), 2)
    assert.equal(read('payload["b c"]'), 3)
    assert.equal(read("payload['d.e']"), 4)
    assert.equal(read('msg.payload.x'), 1)
    assert.equal(read('"payload".x'), 1)
    assert.equal(read('seven.7'), 'seven')
    assert.equal(read('payload.none'), null)
  })

  it('is undefined where a step is missing', () => {
    for (const path of [
      'no',
      'no.x',
      'payload.no',
      'payload.none.x',
      'topic.length',
      'payload.list[3].y',
      'payload.x.y.z'
    ])
      assert.equal(read(path), undefined, path)
  })

  it('reads own properties only', () => {
    const heir = Object.create({ payload: 1, topic: 'x', a: { b: 1 } }) as object
    for (const path of [
      'payload',
      'topic',
      'a.b',
      'payload.x',
      'toString',
      'constructor',
      '__proto__',
      'constructor.name'
    ])
      assert.equal(read(path, heir), undefined, path)
    assert.equal(read('payload.length', { payload: Buffer.from('abc') }), undefined)
    assert.equal(read('payload.size', { payload: new Map() }), undefined)
    assert.equal(read('payload.toString', { payload: {} }), undefined)
    assert.deepEqual(read('__proto__', JSON.parse('{"__proto__": 1}') as object), 1)
    assert.equal(read('payload.x', { payload: Object.create({ x: 1 }) as object }), undefined)
    assert.equal(read('payload.x', { payload: { x: 1, constructor: 2 } }), 1)
    assert.equal(read('payload.x', Object.assign(Object.create(null), { payload: { x: 5 } }) as object), 5)
  })

  it('does not call what objects inherit', () => {
    class Sensor {
      get x(): number {
        return assert.fail('was called')
      }
    }
    assert.equal(read('payload.x', { payload: new Sensor() }), undefined)
    assert.equal(read('x', new Sensor()), undefined)
  })

  it('is refused in words where it is none', () => {
    const refuses = (path: string, words: RegExp): void => {
      assert.throws(() => propertyGetter(path, 'value'), { name: 'ConfigError', message: words }, path)
    }
    refuses('', /value must be a property path/)
    refuses('a..b', /from character 2/)
    refuses('a.', /from character 2/)
    refuses('a b', /from character 2/)
    refuses('a[x]', /from character 2/)
    refuses('a["b', /from character 2/)
    refuses('a[""]', /from character 2/)
    refuses('"a"b', /from character 1/)
    refuses('a[-1]', /indexes count from 0/)
    refuses('a[msg.topic]', /without another one in its brackets/)
  })

  it('sets what it names, and never what objects inherit', () => {
    const target = { payload: { x: 1 } }
    propertySetter('payload.y.z', 'target')(target, 2)
    assert.deepEqual(target, { payload: { x: 1, y: { z: 2 } } })
    assert.throws(() => propertySetter('payload.x.z', 'target')(target, 2), /because x is no object, got 1/)
    for (const path of ['__proto__.x', 'constructor.prototype.x', 'a.toString'])
      assert.throws(() => propertySetter(path, 'target'), /must not write/)
  })
})
