import jsonata from 'jsonata'
import { compileJsonata } from '#engine/expression/jsonata'
import { propertyGetter } from '#engine/expression/property'
import type { Message } from '#engine/record'

/** Expressions against the evaluator and the same by hand, and property paths. `npm run bench:expression` */

/** Others that live in the process, so that no call site has a single kind of function to call. */
const others = (
  'topic;payload.a;payload.b.c;payload.temp - 3;payload.temp / 3;payload.hum >= 4;payload.temp = 3;payload.x & "a";' +
  'payload.list[0];payload.list[$ > 2];$sum(payload.list);$uppercase(topic);$round(payload.temp, 1);payload.b ? 1 : 2;' +
  'payload.list.($ * 2);$map(payload.list, function($v) { $v + 1 });{"a": topic};[payload.temp, payload.hum];' +
  '$count(payload.list) > 2 or payload.a;$string(payload.temp)'
)
  .split(';')
  .map(text => compileJsonata(text, jsonata))

interface Reading {
  topic: string
  payload: { temp: number; hum: number; a: number; b: { c: number }; list: number[] }
}

/** Messages of several shapes, as a flow sees them. */
const messages = Array.from({ length: 64 }, (_, i) => ({
  topic: `t${i}`,
  payload: {
    ...(i % 3 ? { extra: i } : {}),
    temp: 20.5 + (i % 7),
    hum: 40 + i,
    a: 1,
    b: { c: i },
    list: [1, 2, 3, i]
  },
  ...(i % 2 ? { ts: i } : {}),
  _msgid: `m${i}`
})) as (Reading & Message)[]

const byHand: Record<string, (message: Reading) => unknown> = {
  'payload.temp * 1.8 + 32': ({ payload }) => payload.temp * 1.8 + 32,
  'payload.temp > 20 and payload.hum < 50': ({ payload }) => payload.temp > 20 && payload.hum < 50,
  '{"t": payload.temp, "f": payload.temp*1.8+32}': ({ payload }) => ({ t: payload.temp, f: payload.temp * 1.8 + 32 })
}

let sink: unknown

/** Processor time of a call in ns: the least of several runs, as others may use the machine. */
function nanoseconds(call: (message: Message) => unknown, calls = 1_000_000, runs = 9): number {
  let least = Infinity
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage()
    for (let i = 0; i < calls; i++) sink = call(messages[i & 63])
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, ((user + system) * 1000) / calls)
  }
  return least
}

async function evaluatorNanoseconds(text: string, calls = 30_000): Promise<number> {
  const expression = jsonata(text)
  let least = Infinity
  for (let run = 0; run < 4; run++) {
    const start = process.cpuUsage()
    for (let i = 0; i < calls; i++) sink = await expression.evaluate(messages[i & 63])
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, ((user + system) * 1000) / calls)
  }
  return least
}

const row = (...cells: string[]): void =>
  console.log(`| ${[cells[0].padEnd(48), ...cells.slice(1).map(cell => cell.padStart(12))].join(' | ')} |`)

async function main(): Promise<void> {
  for (const { evaluate } of others) nanoseconds(evaluate, 20_000, 2)
  row('ns a message', 'compiled', 'by hand', 'evaluator', 'faster')
  for (const [text, hand] of Object.entries(byHand)) {
    const { evaluate } = compileJsonata(text, jsonata)
    const compiled = nanoseconds(evaluate)
    const evaluated = await evaluatorNanoseconds(text)
    const manual = nanoseconds(hand as (message: Message) => unknown)
    row(text, compiled.toFixed(1), manual.toFixed(1), evaluated.toFixed(0), `${(evaluated / compiled).toFixed(0)} x`)
  }
  const paths = [
    'payload.temp',
    'payload.hum',
    'topic',
    'ts',
    'payload.b.c',
    'payload',
    'payload.list[0]',
    'payload.extra'
  ]
  const getters = paths.map(path => propertyGetter(path, 'value'))
  let next = 0
  nanoseconds(message => getters[next++ & 7](message))
  row('property path, 8 live', 'getter', 'by hand')
  const manual = nanoseconds(message => (message as unknown as Partial<Reading>).payload?.temp)
  for (const [i, path] of paths.slice(0, 5).entries()) {
    row(path, nanoseconds(getters[i]).toFixed(1), i === 0 ? manual.toFixed(1) : '')
  }
  if (sink === undefined) console.log('nothing was measured')
}

void main()
