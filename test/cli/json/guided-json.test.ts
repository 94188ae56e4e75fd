import assert from 'node:assert/strict'
import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import { GuidedJson } from '#engine/cli/json/guided-json'

/** What reading a line came to: the value with its keys in order, or that it is no JSON. */
type Outcome = { value: unknown; keys: unknown } | 'refused'

function keysOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null
  return Object.entries(value).map(([key, part]) => [key, keysOf(part)])
}

function outcome(read: () => unknown): Outcome {
  try {
    const value = read()
    return { value, keys: keysOf(value) }
  } catch {
    return 'refused'
  }
}

const reference = (line: Buffer): Outcome =>
  outcome(() => {
    if (!isUtf8(line)) throw new Error()
    return JSON.parse(line.toString('utf8')) as unknown
  })

/** Reads lines the way a reader does. */
function guided(lines: readonly Buffer[]): { outcomes: Outcome[]; guesses: number } {
  const bytes = Buffer.concat([...lines.flatMap(line => [line, Buffer.from('\n')]), Buffer.alloc(3)])
  const json = new GuidedJson()
  json.attach(bytes)
  let from = 0
  let guesses = 0
  const outcomes = lines.map(line => {
    const to = from + line.length + 1
    const result = outcome(() => {
      const guess = json.guess(from)
      if (guess === undefined) return json.parse(from, to)
      assert.equal(json.end, to)
      guesses++
      return guess
    })
    from = to
    return result
  })
  return { outcomes, guesses }
}

function check(lines: readonly (string | Buffer)[]): number {
  const buffers = lines.map(line => (typeof line === 'string' ? Buffer.from(line) : line))
  const { outcomes, guesses } = guided(buffers)
  assert.deepStrictEqual(outcomes, buffers.map(reference))
  return guesses
}

const scalars = fc.oneof(
  fc.integer().map(String),
  fc.double().map(number => String(Number.isFinite(number) ? number : 0)),
  fc.stringMatching(/^-?[0-9]{1,20}(\.[0-9]{0,20})?([eE][+-]?[0-9]{0,3})?$/),
  fc.string().map(text => JSON.stringify(text)),
  fc.string({ unit: 'grapheme' }).map(text => JSON.stringify(text)),
  fc.constantFrom(
    'null',
    'true',
    'false',
    'nul',
    'truE',
    'fals',
    '-',
    '[]',
    '{}',
    '[1,{"a":"]"}]',
    '"\\u0041"',
    '"\\x"'
  )
)
const blanks = fc.constantFrom('', '', '', ' ', '\t', ' \r ')

/** Lines of one layout with other values in it. */
const alike = fc
  .tuple(fc.array(fc.tuple(fc.string(), fc.boolean()), { maxLength: 9 }), blanks, blanks)
  .chain(([members, before, after]) =>
    fc.array(fc.array(scalars, { minLength: members.length, maxLength: members.length }), { maxLength: 8 }).map(rows =>
      rows.map(values => {
        const texts = members.map(([key, isNested], i) => {
          const value = isNested ? `{"x":${values[i]},"y":${before}1}` : values[i]
          return `${JSON.stringify(key)}${before}:${after}${value}`
        })
        return `{${texts.join(`${before},`)}}${after}`
      })
    )
  )

describe('guided JSON', () => {
  it('reads lines of one layout as JSON.parse does', () => {
    fc.assert(
      fc.property(alike, lines => void check(lines)),
      { numRuns: 500 }
    )
  })
  it('reads any JSON, in any mixture of lines, as JSON.parse does', () => {
    const line = fc.oneof(
      fc.json(),
      fc.jsonValue().map(value => JSON.stringify(value, null, ' ').replaceAll('\n', ' '))
    )
    const mixture = fc.array(line, { minLength: 1, maxLength: 5 }).chain(pool => fc.array(fc.constantFrom(...pool)))
    fc.assert(
      fc.property(mixture, lines => void check(lines)),
      { numRuns: 500 }
    )
  })
  it('refuses what JSON.parse refuses: any byte of a line may be another', () => {
    const mutation = fc.record({ row: fc.nat(), at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) })
    const mutated = fc.tuple(alike, fc.array(mutation, { maxLength: 4 })).map(([lines, mutations]) => {
      const buffers = lines.map(line => Buffer.from(line))
      for (const { row, at, byte } of mutations) {
        const line = buffers[row % buffers.length]
        if (line !== undefined && line.length > 0 && byte !== 0x0a) line[at % line.length] = byte
      }
      return buffers
    })
    fc.assert(
      fc.property(mutated, lines => void check(lines)),
      { numRuns: 2000 }
    )
  })
  it('keeps keys in the order of JSON.parse, be they numbers, doubled or __proto__', () => {
    check(Array<string>(3).fill('{"b":1,"2":2,"1":3}'))
    check(Array<string>(3).fill('{"a":1,"b":2,"a":3}'))
    check(Array<string>(3).fill('{"__proto__":{"x":1},"constructor":1}'))
    check(Array<string>(3).fill('{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"__proto__":{"x":1}}'))
    check(Array<string>(3).fill('{"\\u0061":1,"é":2}'))
  })
  it('reads every number as JSON.parse does', () => {
    const numbers = fc.oneof(
      fc.double(),
      fc.float(),
      fc.integer(),
      fc.integer({ min: -1e9, max: 1e9 }).map(n => n / 1000)
    )
    const lines = fc.array(
      numbers.map(n => `{"v":${JSON.stringify(n)}}`),
      { minLength: 2 }
    )
    fc.assert(
      fc.property(lines, lines => void check(lines)),
      { numRuns: 500 }
    )
    check([
      '0',
      '-0',
      '0.0',
      '-0.0',
      '1e3',
      '1E+3',
      '123456789012345678',
      '0.1234567890123456789',
      '1e400',
      '00',
      '1.',
      '.5',
      '+1'
    ])
  })
  it('guesses lines that are alike, blanks and nested objects included', () => {
    const line = (i: number): string =>
      `{"topic": "d${i}", "payload": {"ts": ${i}, "v": ${i / 8}, "ok": true, "none": null}}`
    assert.equal(check([0, 1, 2, 3, 4].map(line)), 4)
  })
  it('guesses lines of a few layouts that alternate', () => {
    const lines = Array.from({ length: 40 }, (_, i) => (i % 2 ? `{"a":${i}}` : `{"b":${i},"c":"x"}`))
    assert.equal(check(lines), 38)
  })
  it('guesses unusual values too: escapes, text beyond ASCII, exponents, arrays', () => {
    const lines = [
      '{"v":1}',
      '{"v":"a\\nb"}',
      '{"v":"Zürich °C"}',
      '{"v":1.5e-7}',
      '{"v":[1,"]"]}',
      '{"v":21.123456789012345}'
    ]
    assert.equal(check(lines), 5)
  })
  it('hands out the same string where a value comes again', () => {
    const { outcomes } = guided([1, 2, 3].map(i => Buffer.from(`{"device":"d${i % 2}"}`)))
    assert.deepEqual(
      outcomes.map(o => (o as { value: unknown }).value),
      [{ device: 'd1' }, { device: 'd0' }, { device: 'd1' }]
    )
  })
  it('learns no more where no two lines are alike', () => {
    const lines = Array.from({ length: 500 }, (_, i) => `{"k${i}":${i}}`)
    assert.equal(check(lines), 0)
  })
})
