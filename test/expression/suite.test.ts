import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import jsonata from 'jsonata'
import { compileJsonata } from '#engine/expression/jsonata'
import { outcomeOf } from './outcome'

const folder = '../shared/jsonata'

interface Case {
  name: string
  expr: string
  data?: unknown
  dataset?: string
  bindings?: Record<string, unknown>
  code?: string
  error?: unknown
  timelimit?: number
}

/** Runs until its time is over, in the evaluator as in the compiled form. */
const endless = 'tail-recursion/case006'

describe("the language's own suite", function () {
  before(function () {
    if (!existsSync(folder)) this.skip()
  })

  it('comes to the same result or error compiled as evaluated, mostly compiled', async () => {
    const cases = readFileSync(`${folder}/cases.ndjson`, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Case)
    const datasets = JSON.parse(readFileSync(`${folder}/datasets.json`, 'utf8')) as Record<string, unknown>
    let succeeded = 0
    let compiledOnes = 0
    for (const { name, expr, data, dataset, bindings, code, error } of cases) {
      if (name === endless) continue
      const document = (): unknown => structuredClone(dataset === undefined ? data : (datasets[dataset] ?? undefined))
      const run = (): unknown => compileJsonata(expr, jsonata).evaluate(document(), bindings)
      const expected = await outcomeOf(async () => jsonata(expr).evaluate(document(), bindings) as Promise<unknown>)
      const got = await outcomeOf(run)
      if (/\$(random|shuffle|now|millis)\(/.test(expr)) assert.deepEqual(got.error, expected.error, name)
      else assert.deepEqual(got, expected, `${name}: ${expr}`)
      if (code !== undefined || error !== undefined || got.error) continue
      succeeded++
      if (compileJsonata(expr, jsonata).compiled) compiledOnes++
    }
    assert.ok(compiledOnes / succeeded >= 0.95, `${compiledOnes} of ${succeeded} that succeed are compiled`)
  }).timeout(120_000)
})
