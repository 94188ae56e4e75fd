// A flow over messages that are there already, three times: the file of the flow, that of its rows, and what becomes of the
// results: they are `kept` in an array, or `handed` over one by one.
import { readFileSync } from 'node:fs'
import { type Message, runFlow } from '#engine/index'

const [flowFile, input, way] = process.argv.slice(2)
const flow: unknown = JSON.parse(readFileSync(flowFile, 'utf8'))
const payloads = readFileSync(input, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): unknown => JSON.parse(line))

async function main(): Promise<void> {
  for (let turn = 1; turn <= 3; turn++) {
    const messages = payloads.map((payload): Message => ({ payload }))
    let rows = 0
    const take = (): void => void rows++
    const start = process.hrtime.bigint()
    const results = await runFlow(flow, {
      inputs: { in: messages },
      ...(way === 'handed' && { outputs: { out: take } })
    })
    if (turn < 3) continue
    const took = process.hrtime.bigint() - start
    console.log('JOB_MS', Number(took) / 1e6, 'ROWS', results.out?.length ?? rows)
  }
}
void main()
