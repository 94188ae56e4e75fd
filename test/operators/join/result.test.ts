import assert from 'node:assert/strict'
import { runInNewContext } from 'node:vm'
import { join } from '#engine/operators/join/index'
import type { Message } from '#engine/record'
import { drive } from './driver'

const modes = ['interval', 'window', 'latest']

describe('what a join emits', () => {
  it('is the left message with both payloads and the key as topic, without the parts of a sequence', () => {
    for (const mode of modes) {
      const driver = drive({ mode, joinType: 'inner', size: 10 })
      driver.send({ topic: 'r', k: 7, payload: 'R', from: 'right', only: 1 }, 1)
      driver.send({ topic: 'l', k: '7', payload: 'L', from: 'left', parts: { id: 1 }, retain: true }, 2)
      driver.flush()
      const window = mode === 'window' ? { window: { start: 0, end: 10 } } : {}
      const message = { topic: '7', k: '7', payload: { left: 'L', right: 'R' }, from: 'left', retain: true, ...window }
      assert.deepEqual(
        driver.out.map(({ message }) => message),
        [message]
      )
    }
  })
  it('is the right message where there is no left one, and has null for the payload that is missing', () => {
    for (const mode of ['interval', 'window']) {
      const driver = drive({ mode, joinType: 'full', size: 10 })
      driver.send({ topic: 'r', k: 'x', payload: 'R', from: 'right' }, 1).left(2, 'L', 'y').flush()
      const payloads = driver.out.map(({ message: { topic, payload, from } }) => ({ topic, payload, from }))
      assert.deepEqual(payloads, [
        { topic: 'x', payload: { left: null, right: 'R' }, from: 'right' },
        { topic: 'y', payload: { left: 'L', right: null }, from: undefined }
      ])
    }
  })
  it('has no topic where a row without a key comes out unmatched', () => {
    for (const mode of modes) {
      const driver = drive({ mode, joinType: 'left', size: 10 }).left(1, 'L', null).flush()
      assert.deepEqual(
        driver.out.map(({ message, key }) => ['topic' in message, key]),
        [[false, null]]
      )
    }
  })
  it('has the later of both times, alone its own; the left one with the latest; the last of the window', () => {
    const times = (mode: string): unknown[] => {
      const driver = drive({ mode, joinType: 'left', size: 100 }).right(30, 'R').left(31, 'L').left(32, 'M', 'b')
      return driver.flush().out.map(({ time }) => time)
    }
    assert.deepEqual(times('interval'), [31, 32])
    assert.deepEqual(times('latest'), [31, 32])
    assert.deepEqual(times('window'), [99, 99])
    assert.deepEqual(drive({ mode: 'interval' }).left(31, 'L').right(33, 'R').out[0].time, 33)
  })
  it('is a row of key, left and right in a batch', () => {
    assert.deepEqual(join.toRow({ payload: { left: 1, right: null } }, 'a'), { key: 'a', left: 1, right: null })
  })

  /** What somebody behind the join may do to a message. */
  const spoil = (message: Message): void => {
    const { left, right } = message.payload as Record<string, { v: number; deep?: { v: number } } | null>
    for (const row of [left, right]) {
      if (row) row.v = -1
      if (row?.deep) row.deep.v = -1
    }
    ;(message.meta as { v: number }).v = -1
  }
  it('shares nothing that could be changed with another result or with a row that is held', () => {
    for (const mode of modes) {
      const driver = drive({ mode, joinType: 'left', size: 100 })
      const seen: unknown[] = []
      driver.output.emit = message => {
        seen.push(structuredClone([message.payload, message.meta]))
        spoil(message)
      }
      const row = (topic: string, v: number): Message => ({ topic, k: 'a', payload: { v, deep: { v } }, meta: { v } })
      driver.send(row('r', 1), 1)
      for (const v of [2, 3, 4]) driver.send(row('l', v), v)
      driver.send(row('r', 5), 5).send(row('r', 6), 6)
      driver.flush()
      const isRight = (v: unknown): boolean => v === 1 || v === 5 || v === 6
      assert.equal(seen.length, mode === 'latest' ? 3 : 9)
      for (const [payload, meta] of seen as [Record<string, { v: number; deep: { v: number } }>, { v: number }][]) {
        assert.ok(isRight(payload.right.v) && isRight(payload.right.deep.v), JSON.stringify(payload))
        assert.ok(payload.left.v > 1 && payload.left.deep.v === payload.left.v && meta.v === payload.left.v)
      }
    }
  })
  it('shares nothing either where one row of a window meets two', () => {
    for (const sides of [
      ['l', 'r', 'r'],
      ['r', 'l', 'l']
    ]) {
      const driver = drive({ mode: 'window', joinType: 'inner', size: 100 })
      const payloads: unknown[] = []
      driver.output.emit = message => {
        payloads.push(structuredClone(message.payload))
        spoil(message)
      }
      for (const [v, topic] of sides.entries()) driver.send({ topic, k: 'a', payload: { v }, meta: { v } }, v)
      driver.flush()
      const [one, other] = sides[0] === 'l' ? ['left', 'right'] : ['right', 'left']
      assert.deepEqual(payloads, [
        { [one]: { v: 0 }, [other]: { v: 1 } },
        { [one]: { v: 0 }, [other]: { v: 2 } }
      ])
    }
  })
  it('inherits nothing from a property that is called __proto__', () => {
    for (const mode of modes) {
      const driver = drive({ mode, joinType: 'inner', size: 10 }).right(1, 2)
      driver.send(JSON.parse('{"topic":"l","k":"a","payload":1,"__proto__":{"inherited":1}}') as Message, 1).flush()
      assert.equal(driver.out[0].message.inherited, undefined)
    }
  })
  it('leaves the messages that came as they were', () => {
    for (const mode of modes) {
      const message: Message = { topic: 'l', k: 'a', payload: { v: 1 }, parts: { id: 1 }, window: { start: 1, end: 2 } }
      const before = structuredClone(message)
      drive({ mode, joinType: 'left', size: 10 }).right(1, 2).send(message, 1).right(1, 3).flush()
      assert.deepEqual(message, before)
    }
  })
  it('keeps what is no data, such as the response of a web server, as it is', () => {
    class Response {
      send = (): string => 'ok'
    }
    const res = new Response()
    const payload = runInNewContext('({ at: new Date(0), list: [1, { a: 2 }] })') as object
    for (const mode of modes) {
      const driver = drive({ mode, joinType: 'inner', size: 10 }).right(1, 2)
      driver.send({ topic: 'l', k: 'a', payload, res, self: payload }, 1).flush()
      const [{ message }] = driver.out
      assert.equal(message.res, res)
      assert.equal(JSON.stringify((message.payload as { left: unknown }).left), JSON.stringify(payload))
    }
  })
  it('may contain itself', () => {
    const payload: Record<string, unknown> = { v: 1, children: [{}] }
    payload.children = [{ parent: payload }, { parent: payload }]
    const driver = drive({ mode: 'interval', joinType: 'inner' }).left(1, payload).right(1, 2)
    assert.equal(driver.out.length, 1)
    driver.restart(drive({ mode: 'interval', joinType: 'inner' }).operator).right(1, 3)
    assert.deepEqual(driver.out[1].message.payload, { left: { v: 1, children: [{}, {}] }, right: 3 })
  })
})
