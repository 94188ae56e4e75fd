import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { install, newFolder } from './packed'

const program = `
import {
  aggregates, ConfigError, createOperator, runFlow, specs, tumbling, type Message, type Operator, type Output
} from 'node-red-contrib-stream-analytics/engine'

const flow = [
  { id: 'in', type: 'inject', wires: [['mean']] },
  { id: 'mean', type: 'stream-count-window', size: 2, aggregates: [{ fn: 'mean' }], wires: [['out']] },
  { id: 'out', type: 'debug', wires: [] }
]
const messages: Message[] = [{ topic: 'a', payload: 1 }, { topic: 'a', payload: 2 }]
const sums: unknown[] = []
const output: Output = { emit: message => sums.push(message.payload), divert: () => undefined }
const operator: Operator = createOperator('count-window', { size: 2, aggregates: [{ fn: 'sum' }] })
messages.forEach((value, time) => operator.process({ value: { ...value }, time, key: 'a' }, output))

export const make = (name: string) => createOperator(name)
export const nodes = { specs, aggregates }

export async function main(): Promise<void> {
  const { out } = await runFlow(flow, { inputs: { in: messages } })
  const payloads: unknown[] = out.map(({ payload }) => payload)
  const isRefused = await runFlow([{ ...flow[1], size: 0 }], { inputs: { mean: [] } }).then(() => false, error => error instanceof ConfigError)
  console.log(JSON.stringify([payloads, sums, isRefused, typeof aggregates.sum, tumbling(10, 0).slide]))
}
void main()
`

/** The programs that the README shows, each as a module of its own. */
const shown = [...readFileSync('README.md', 'utf8').matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code)

describe('a TypeScript project that depends on the packed package', function () {
  this.timeout(120_000)
  const folder = newFolder()
  before(() => {
    install(folder)
    mkdirSync(join(folder, 'src'))
    writeFileSync(join(folder, 'src/program.ts'), program)
    shown.forEach((code, i) => writeFileSync(join(folder, `src/shown-${i}.mts`), code))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  for (const [moduleResolution, module] of [
    ['node16', 'node16'],
    ['bundler', 'es2022']
  ]) {
    it(`compiles strictly with moduleResolution ${moduleResolution}, library checks included`, () => {
      const compilerOptions = {
        strict: true,
        declaration: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        target: 'es2022',
        module,
        moduleResolution,
        types: [],
        rootDir: join(folder, 'src'),
        outDir: join(folder, moduleResolution)
      }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }))
      const { stdout, status } = spawnSync(
        process.execPath,
        [resolve('node_modules/typescript/bin/tsc'), '-p', folder],
        {
          encoding: 'utf8'
        }
      )
      assert.equal(status, 0, stdout)
    })
  }
  it('runs', () => {
    const text = execFileSync(process.execPath, [join(folder, 'node16/program.js')], { encoding: 'utf8' })
    assert.deepEqual(JSON.parse(text), [[1.5], [3], true, 'function', 10])
  })
  it('runs what the README shows', () => {
    const texts = shown.map((_, i) =>
      execFileSync(process.execPath, [join(folder, `node16/shown-${i}.mjs`)], { encoding: 'utf8' })
    )
    const seven = ['0 68', '0 20', '1000 520', '999 20', '0 { left: 20, right: null }', '0 null']
    for (const line of seven) assert.ok(texts[0].split('\n').includes(line), `${line} in ${texts[0]}`)
    assert.match(texts[1], /payload: 1.5/)
  })
})
