// A flow over messages that are there already, several times: the file of the flow, that of its rows, what becomes of the
// results (they are `kept` in an array, or `handed` over one by one), and how many turns are counted.
import { readFileSync } from 'node:fs'
import type { EventEmitter } from 'node:events'
import { type Message, runFlow } from '#engine/index'

const bench = process as EventEmitter
const [flowFile, input, way, counted] = process.argv.slice(2)
const flow: unknown = JSON.parse(readFileSync(flowFile, 'utf8'))
const payloads = readFileSync(input, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): unknown => JSON.parse(line))

async function turn(begin: () => void): Promise<number> {
  const messages = payloads.map((payload): Message => ({ payload }))
  let rows = 0
  const take = (): void => void rows++
  begin()
  const results = await runFlow(flow, { inputs: { in: messages }, ...(way === 'handed' && { outputs: { out: take } }) })
  bench.emit('bench:pause')
  return results.out?.length ?? rows
}

async function main(): Promise<void> {
  // V8 has compiled what it will after two
  for (let i = 0; i < 2; i++) await turn(() => undefined)
  let rows = NaN
  for (let i = 0; i < Number(counted); i++) rows = await turn(() => bench.emit('bench:begin'))
  console.log('ROWS', rows)
}
void main()
