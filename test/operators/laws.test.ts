import assert from 'node:assert/strict'
import fc from 'fast-check'
import jsonata from 'jsonata'
import { ExpressionCompiler } from '#engine/expression/compiler'
import type { Operator, Output } from '#engine/operator'
import { specs } from '#engine/operators/index'
import type { Message } from '#engine/record'
import type { Cut, Row } from '#engine/state/cut'
import { fromText, toText } from '#engine/state/lines'
import { configurations, everyAggregate } from './configurations'

type Config = Record<string, unknown>
interface Limits {
  maxKeys: number
  maxHeld: number
  keyTtl?: number
}

const wide: Limits = { maxKeys: 1000, maxHeld: 1000 }
const limits = fc.record({ maxKeys: fc.constantFrom(1000, 2), maxHeld: fc.constantFrom(1000, 12) })
const keyTtl = fc.constantFrom(undefined, 4000, 20_000)

const makes = (name: string, config: Config, limits: Limits) => (): Operator =>
  specs[name].create(config, {
    compiler: new ExpressionCompiler(text => jsonata(text)),
    name,
    isKeyed: config.keyType !== 'none',
    timezone: 'UTC',
    limits
  })

function isValid(name: string, config: Config): boolean {
  try {
    makes(name, config, wide)()
    return true
  } catch {
    return false
  }
}

/** What happens to an operator; watermarks follow some seconds behind the newest record. */
type Step =
  | { kind: 'record'; time: number; message: Message }
  | { kind: 'watermark'; behind: number }
  | { kind: 'clock'; by: number }
  | { kind: 'reset'; key: string }

const number = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(0.1, -1e9, 1e300))
const value = fc.oneof({ weight: 12, arbitrary: number }, fc.constantFrom(null, '7.5', 'oops', true))
const topic = fc.constantFrom('a', 'b', 'c', '__proto__')
const record = fc.record({
  kind: fc.constant('record' as const),
  time: fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 0, max: 40_000 }) }, fc.integer({ min: 0, max: 120_000 })),
  message: fc.record({ payload: value, topic, b: fc.constantFrom(1, 2.5, null), side: fc.constantFrom('l', 'r', 'x') })
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: record },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('watermark' as const), behind: fc.integer({ min: 0, max: 6000 }) })
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('clock' as const), by: fc.integer({ min: -500, max: 3000 }) })
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reset' as const), key: topic }) }
)
const stream = fc.array(step, { maxLength: 60 })

/** An operator that is run, step by step, and what came of it. */
class Run {
  readonly out: string[] = []
  private newest = -Infinity
  private watermark = -Infinity
  private now = 1e12
  private readonly output: Output = {
    emit: (message, time, key) => this.out.push(JSON.stringify([1, message, time, key])),
    divert: (message, time, key) => this.out.push(JSON.stringify([2, message, time, key]))
  }

  constructor(
    private readonly make: () => Operator,
    public operator = make()
  ) {}

  step(step: Step): void {
    const { operator, output } = this
    if (step.kind === 'record') this.process(step)
    else if (step.kind === 'reset') operator.reset(step.key)
    else if (step.kind === 'clock') operator.onClock?.((this.now += step.by), output)
    else if (this.newest - step.behind > this.watermark) {
      operator.onWatermark((this.watermark = this.newest - step.behind), output)
    }
  }

  private process({ time, message }: Step & { kind: 'record' }): void {
    this.operator.onClock?.(this.now, this.output)
    try {
      this.operator.process({ value: { ...message }, time, key: message.topic as string }, this.output)
      this.newest = Math.max(this.newest, time)
    } catch (error) {
      this.out.push(String(error))
    }
  }

  /** A new operator goes on from a snapshot of the old one, as text. */
  restart(make = this.make): void {
    const text = JSON.stringify(this.operator.snapshot())
    this.operator = make()
    this.operator.restore(JSON.parse(text))
  }

  end(): string[] {
    this.operator.onClock?.((this.now += 10_000), this.output)
    this.operator.flush(this.output)
    return this.out
  }
}

function outputOf(
  make: () => Operator,
  steps: readonly Step[],
  isRestart: (i: number) => boolean = () => false
): string[] {
  const run = new Run(make)
  steps.forEach((step, i) => {
    run.step(step)
    if (isRestart(i)) run.restart()
  })
  return run.end()
}

const same = (make: () => Operator, steps: readonly Step[], isRestart: (i: number) => boolean): void =>
  assert.deepEqual(outputOf(make, steps, isRestart), outputOf(make, steps))

describe('every operator', () => {
  it('is in this suite', () => {
    assert.deepEqual(Object.keys(configurations).sort(), Object.keys(specs).sort())
  })
  for (const [name, config] of Object.entries(configurations)) {
    describe(name, () => {
      const drawn = fc
        .record({ config, limits, keyTtl })
        .map(({ config, limits, keyTtl }) => makes(name, config, { ...limits, keyTtl }))
      it('gives the same output after snapshots anywhere, through JSON text', () => {
        fc.assert(
          fc.property(
            drawn,
            stream,
            fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
            (make, steps, restarts) => {
              same(make, steps, i => restarts[i % restarts.length])
            }
          ),
          { numRuns: 300 }
        )
      })
      it('has the state of one moment in a snapshot that is read while it goes on', async () => {
        const reads = fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 20 })
        await fc.assert(
          fc.asyncProperty(drawn, stream, stream, reads, async (make, before, later, reads) => {
            const [run, twin] = [new Run(make), new Run(make)]
            for (const step of before) for (const each of [run, twin]) each.step(step)
            const then = JSON.stringify(twin.operator.snapshot())
            const text = toText(run.operator.snapshot())
            const bits: string[] = []
            later.forEach((step, i) => {
              for (let n = reads[i % reads.length]; n > 0; n--)
                bits.push((text.next().value as string | undefined) ?? '')
              run.step(step)
              twin.step(step)
            })
            bits.push(...text)
            assert.equal(JSON.stringify(inOrder(await fromText(bits))), then)
            // and reading it has changed nothing
            assert.deepEqual(run.end(), twin.end())
          }),
          { numRuns: 400 }
        )
      })
      it('goes on from the state of a node that was set otherwise, where the state still means the same', () => {
        const other = fc
          .tuple(config, config)
          .map(([a, b]) => {
            const isState = ([field]: [string, unknown]): boolean =>
              [...specs[name].stateFields, 'key', 'keyType'].includes(field)
            const fields = [...Object.entries(a).filter(isState), ...Object.entries(b).filter(field => !isState(field))]
            return [a, Object.fromEntries(fields)]
          })
          .filter(([, b]) => isValid(name, b))
        fc.assert(
          fc.property(other, stream, stream, ([a, b], before, later) => {
            const run = new Run(makes(name, a, wide))
            for (const step of before) run.step(step)
            run.restart(makes(name, b, wide))
            for (const step of later) run.step(step)
            run.end()
            const { keys, open } = run.operator.holdings()
            assert.ok(keys >= 0 && open >= 0)
            // nothing stays that nobody waits for
            if (name === 'time-window') assert.equal(open, 0)
          }),
          { numRuns: 100 }
        )
      })
      it('is as new after a reset', () => {
        fc.assert(
          fc.property(drawn, stream, stream, (make, first, second) => {
            const used = make()
            outputOf(() => used, first)
            used.reset()
            assert.deepEqual(
              outputOf(() => used, second),
              outputOf(make, second)
            )
          }),
          { numRuns: 60 }
        )
      })
    })
  }
  for (const fn of everyAggregate) {
    it(`keeps ${fn.fn} in windows of each kind over a snapshot`, () => {
      const aggregates = [{ ...fn, as: 'x' }]
      const kinds: [string, Config][] = [
        ['time-window', { size: '10s' }],
        ['time-window', { windowType: 'hopping', size: '10s', slide: '2s' }],
        ['time-window', { windowType: 'session', gap: '2s' }],
        ['time-window', { windowType: 'sliding', size: '5s' }],
        ['count-window', { size: 4, slide: 2 }],
        ['stats', { scope: 'time', size: '5s' }]
      ]
      for (const [name, config] of kinds) {
        fc.assert(
          fc.property(stream, steps => same(makes(name, { ...config, aggregates }, wide), steps, () => true)),
          { numRuns: 15 }
        )
      }
    })
  }
})

describe('a key that was silent for too long', () => {
  const kinds: [string, Config][] = [
    ['count-window', { size: 5, slide: 1 }],
    ['time-window', { windowType: 'sliding', size: '1h' }],
    ['stats', { scope: 'count', size: 5 }]
  ]
  for (const [name, config] of kinds) {
    it(`gives back what it held, so that it no longer counts: ${name}`, () => {
      const make = makes(name, { ...config, aggregates: [{ fn: 'median' }] }, { ...wide, maxHeld: 3, keyTtl: 1000 })
      const run = new Run(make)
      for (let i = 0; i < 20; i++) {
        const message = { payload: i, topic: String(i) }
        run.step({ kind: 'record', time: i * 1000, message })
        run.step({ kind: 'watermark', behind: 0 })
      }
      assert.ok(!run.end().some(line => line.includes('BoundError')), run.out.join('\n'))
    })
  }
})

/** What changes while a snapshot is read comes first in its text. */
function inOrder(snapshot: unknown): unknown {
  const rows = Array.isArray(snapshot) ? snapshot : (snapshot as { keys?: unknown } | null)?.keys
  if (Array.isArray(rows)) (rows as Row[]).sort(([, , , a], [, , , b]) => a - b)
  return snapshot
}

describe('a snapshot that is read', () => {
  const toKeys = (snapshot: unknown): Cut => (snapshot as { keys: Cut }).keys
  const operatorWithKey = (name = 'stats'): Operator => {
    const operator = makes(name, {}, wide)()
    operator.process({ value: { payload: 1 }, time: 1, key: 'a' }, { emit() {}, divert() {} })
    return operator
  }
  it('is given up where a newer one is taken', () => {
    const operator = operatorWithKey()
    const [first, second] = [operator.snapshot(), operator.snapshot()].map(toKeys)
    assert.equal([...second].length, 1)
    assert.throws(() => [...first], /newer/)
  })
  for (const name of ['stats', 'count-window', 'time-window', 'anomaly'])
    it(`is given up where all is forgotten: ${name}`, () => {
      const operator = operatorWithKey(name)
      const keys = toKeys(operator.snapshot())
      operator.reset()
      assert.throws(() => [...keys], /forgotten/)
    })
})
