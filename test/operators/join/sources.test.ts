import assert from 'node:assert/strict'
import { specs } from '#engine/operators/index'
import type { Message, Timestamp } from '#engine/record'
import { Stage } from '#engine/stage/stage'
import { portsWith } from '../../stage/ports'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** A join that two stream nodes feed, `left` and `right`, each with a time of its own; the wall clock is set by hand. */
class Plant {
  private now = 0
  private out: string[] = []
  private readonly stage: Stage

  constructor(config: Record<string, unknown> = {}, settings: Record<string, unknown> = {}, maxHeld = 100_000) {
    const raw = { mode: 'interval', joinType: 'left', left: 'l', right: 'r', lower: '-5s', upper: '5s', ...config }
    const ports = portsWith(settings, {
      now: () => this.now,
      upstream: ['left', 'right'],
      maxHeld,
      send: (port, { payload }) => void this.out.push(port === 0 ? Plant.pair(payload) : `!${String(payload)}`)
    })
    this.stage = new Stage(specs.join, raw, ports)
  }

  private static pair(payload: unknown): string {
    const { left, right } = payload as { left: unknown; right: unknown }
    return `${String(left ?? '-')}+${String(right ?? '-')}`
  }

  /** A record of one side, its payload its time in s. @throws what the join refuses it with */
  hear(side: 'left' | 'right', time: Timestamp): this {
    const stream = { v: 1, source: side, time, key: null, before: time - 1, watermark: time }
    const message: Message = { topic: side[0], payload: time / second, stream }
    const error = this.stage.receive(message)
    if (error instanceof Error) throw error
    return this
  }

  /** Wall-clock time goes by. */
  wait(ms: number): this {
    this.now += ms
    this.stage.tick()
    return this
  }

  /** The node that the join waits for, as its status says. */
  get waitsFor(): string | undefined {
    return this.stage.waitsFor()
  }

  get held(): number {
    return this.stage.holdings().open
  }

  taken(): string[] {
    const taken = this.out
    this.out = []
    return taken
  }
}

describe('a join that two nodes feed', () => {
  it('waits for the side that is behind, and says for which one', () => {
    const plant = new Plant().hear('left', 0)
    assert.equal(plant.waitsFor, 'right', 'it was never heard')
    plant.hear('right', 10 * second).hear('left', second)
    assert.equal(plant.waitsFor, 'left')
    plant.hear('left', 60 * second)
    assert.equal(plant.waitsFor, 'right')
    assert.deepEqual(plant.taken(), ['0+-', '1+-'], 'nothing within 5 s of them can come any more')
    plant.hear('right', 60 * second)
    assert.deepEqual(plant.taken(), ['60+60'])
  })
  it('loses no match of a side that is a minute slower', () => {
    const plant = new Plant({ joinType: 'full' })
    for (let t = 0; t < 120; t++) {
      plant.hear('left', t * 10 * second)
      if (t >= 6) plant.hear('right', (t - 6) * 10 * second)
      if (t >= 6) assert.equal(plant.waitsFor, 'right')
    }
    const results = plant.taken()
    assert.equal(results.length, 114)
    assert.ok(results.every(result => /^(\d+)\+\1$/.test(result)))
    assert.equal(plant.held, 8, 'what the slower side may still meet')
  })
  it('goes on without a side that is silent, a minute later; what it says then is late', () => {
    const plant = new Plant().hear('left', 0).hear('right', 0)
    plant.taken()
    for (let t = 30; t < 59; t++) plant.wait(second).hear('left', t * second)
    assert.deepEqual(plant.taken(), [])
    assert.equal(plant.waitsFor, 'right')
    plant
      .wait(31 * second)
      .hear('left', 100 * second)
      .wait(0)
    assert.equal(plant.waitsFor, 'left', 'the other one is left out')
    assert.deepEqual(
      plant.taken(),
      Array.from({ length: 29 }, (_, i) => `${30 + i}+-`)
    )
    assert.deepEqual(plant.hear('right', 40 * second).taken(), ['!40'])
    assert.deepEqual(plant.hear('right', 101 * second).taken(), ['100+101'])
  })
  it('leaves a silent side out after idleTimeout', () => {
    const plant = new Plant({}, { idleTimeout: '5s' }).hear('left', 0)
    plant.wait(4999).hear('left', 10 * second)
    assert.deepEqual([plant.waitsFor, plant.taken()], ['right', []])
    assert.deepEqual(plant.wait(1).taken(), ['0+-'])
  })
  it('takes an hour of one side that is replayed at once, and says which side it waits for', () => {
    const plant = new Plant({ joinType: 'full' })
    for (let t = 0; t <= 360; t++) plant.hear('left', t * 10 * second)
    assert.deepEqual([plant.waitsFor, plant.held, plant.taken()], ['right', 361, []])
    for (let t = 0; t <= 360; t++) plant.hear('right', t * 10 * second)
    const results = plant.taken()
    assert.equal(results.length, 361)
    assert.ok(results.every(result => /^(\d+)\+\1$/.test(result)))
    assert.equal(plant.held, 2, 'those of the last five seconds')
  })
  it('refuses the newest record of a replay that is too long, until the other side has come', () => {
    const plant = new Plant({}, {}, 100)
    for (let t = 0; t < 100; t++) plant.hear('left', t * 10 * second)
    const bound = /^nodeMessageBufferMaxLength allows 100 rows; one more was refused, of key, got ""$/
    assert.throws(() => plant.hear('left', 1000 * second), { name: 'BoundError', message: bound })
    plant.hear('right', 6 * second)
    assert.deepEqual(plant.taken(), ['0+-', '10+6'])
    assert.throws(() => plant.hear('left', 1010 * second), { message: bound }, 'the right row has taken the place')
    plant.hear('right', 20 * second)
    assert.equal(plant.hear('left', 1020 * second).held, 100)
  })
  it('goes by the clocks of its sides; that they are an hour apart can be said by the bounds', () => {
    const run = (config: Record<string, unknown>): Plant => {
      const plant = new Plant({ joinType: 'left', ...config })
      for (let t = 0; t < 720; t++) plant.hear('left', t * 10 * second + hour).hear('right', t * 10 * second)
      return plant
    }
    const apart = run({})
    assert.deepEqual([apart.waitsFor, apart.held], ['right', 362], 'an hour of left rows waits for the right side')
    const results = apart.taken()
    assert.equal(results.length, 360, 'each left row finds the right one of its own time, an hour later')
    assert.equal(results[0], '3600+3600')
    const corrected = run({ lower: '-3605s', upper: '-3595s' })
    const pairs = corrected.taken()
    assert.equal(pairs.length, 720)
    assert.ok(pairs.every(pair => Number(pair.split('+')[0]) === Number(pair.split('+')[1]) + 3600))
  })
})
